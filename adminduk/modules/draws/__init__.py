"""Draws: scarce places are given by need and by lot, and who got none waits in that order."""
