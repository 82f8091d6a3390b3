"""Satisfaction: who has been asked, and sums of what was answered. No answer is kept beside whom it came from."""
