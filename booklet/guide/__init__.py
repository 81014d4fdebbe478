"""A page for each layout that says and shows how to print it, and how to fold, cut or staple it."""
