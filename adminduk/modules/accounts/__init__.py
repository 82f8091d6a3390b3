"""People who sign in: identity, the address that protects it, codes. Staff are in `offices`."""
