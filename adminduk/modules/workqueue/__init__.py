"""Cases waiting for an officer, oldest first; who holds which."""
