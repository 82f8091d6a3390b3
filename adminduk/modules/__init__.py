"""The nouns, each a Django app; none knows another."""
