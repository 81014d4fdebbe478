"""Text becomes shaped lines: fonts, bidi, shaping and line breaking."""
