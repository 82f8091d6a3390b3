"""Definitions as they were when a case began: national rules with the region's overlay, kept by their hash."""
