"""Cards that wait at a counter, and how each one was handed over."""
