"""A stand-in for the national data warehouse: HTTP over a synthetic population in which nobody is real.

Written from the public description of the web service (client code in public repositories); it shares no code with
the portal. The population is the same for the same seed, start day and number of people.
"""
