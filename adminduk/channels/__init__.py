"""How people and machines reach us; thin, none knows another."""
