"""Lists and pages' data joined across modules, read only."""
