"""Who did or saw what: append-only entries, chained per region, checkpoints signed outside the database."""
