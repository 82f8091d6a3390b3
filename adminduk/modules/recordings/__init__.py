"""Recordings: who has to be recorded, each attempt, what the national system says of it, home and village visits."""
