"""Panels are placed on sheet sides. Nothing here knows what a panel says."""
