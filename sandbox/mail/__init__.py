"""A stand-in for a mail server: SMTP with STARTTLS and sign-in; nothing ever leaves the machine.

What it has taken over lies in a file of its own before it says so.
"""
