"""The verbs: one function per act, the transaction begins and ends here."""
