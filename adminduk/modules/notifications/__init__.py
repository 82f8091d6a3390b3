"""Messages to people: planned in the business transaction, sent by a job, listed on the status page."""
