"""A stand-in for an SMS provider's HTTP gateway; nothing ever leaves the machine."""
