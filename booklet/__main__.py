"""`python -m booklet` is the `booklet` command."""

from booklet.cli import main

main()
