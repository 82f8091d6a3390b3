"""Hostile files, made by code: what each must come to is said beside its recipe."""
