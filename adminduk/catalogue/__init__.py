"""Reads definitions/ and answers questions about them: plain Python, no Django."""
