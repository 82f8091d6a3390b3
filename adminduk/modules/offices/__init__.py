"""Offices of the joined regions: staff, opening hours, closures."""
