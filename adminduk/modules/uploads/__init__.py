"""Uploads: files under way, in sealed parts, until they are whole and become pages of a document."""
