"""Plumbing without domain: database, tenancy, encryption, jobs, clock."""
