"""One module for each kind of paper; each draws several layouts of it."""
