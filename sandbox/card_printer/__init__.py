"""A stand-in for the card printer of an office: takes a job once, and draws the two faces that it was told."""
