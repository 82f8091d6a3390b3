"""Applications: answers, states, corrections, the one open application per person and service."""
