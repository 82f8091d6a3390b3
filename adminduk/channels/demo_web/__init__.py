"""What only the demo has: who is who, the mailbox, the clock. Not mounted in production."""
