"""Counters of a site and the one queue before them: tickets of walk-ins and of people with an appointment."""
