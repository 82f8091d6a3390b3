"""Blank cards as a ledger: where each serial is, from delivery to the card in hand or its destruction."""
