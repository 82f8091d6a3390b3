"""Value types and errors that everything may use: plain Python, no Django."""
