"""Answers into a form and out of it again."""
