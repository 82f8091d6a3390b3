"""Appointments: how many people a place can receive at which hour, and who has which place."""
