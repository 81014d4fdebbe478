"""How fast booklet is, beside other ways to make the same PDF."""
