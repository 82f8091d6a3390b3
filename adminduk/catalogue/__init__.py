"""Reads definitions/: services, regional rules, messages and reference lists. Plain Python, no Django, no clock.

Start at `loading.load_catalogue` (what is read and checked), `catalogue.Catalogue` (what can be asked) and
`release.Release` (one service in one region, as a case keeps it).
"""
