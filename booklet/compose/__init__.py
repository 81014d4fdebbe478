"""Blocks are poured into panels. Nothing here knows of folding or of PDF."""
