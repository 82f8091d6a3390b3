"""Synthetic fictional papers with ground truth, and what `./run check` makes of them.

Nothing here is shared with the checker: shapes, words, thresholds and people are drawn up anew, and the labels come
from the physics of each picture (digits in pixels, blur against digits, light left in the ink), never from the checker.
"""
