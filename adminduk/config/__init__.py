"""Settings, the typed environment, urls, wiring."""
