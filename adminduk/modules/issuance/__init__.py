"""Issuance: what an approved application yields, and how far it is on its way to the person."""
