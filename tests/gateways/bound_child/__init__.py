"""Children that do one piece of work each."""
