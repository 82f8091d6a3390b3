"""Printing: who waits for his card, in which order, and the job of each card until it has passed the check."""
