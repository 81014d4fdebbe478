"""Layouts and themes: YAML that says how a document looks, with no word of what it says."""
