"""Send what was planned: messages about cases, and codes."""
