"""booklet's tests: what the product promises, judged as far as possible by other people's tools."""
