"""Django's PostgreSQL backend with fewer round trips, and statements of fixed text for hot paths."""
