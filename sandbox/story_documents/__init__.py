"""Documents of the people of the demo: drawn from the register's data, marked CONTOH, like photos by a phone.

No emblem of the State and no official layout is copied: these sheets should be usable to try the portal, and for
nothing else.
"""
