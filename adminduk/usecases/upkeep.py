"""What the system does by itself: see the jobs."""
