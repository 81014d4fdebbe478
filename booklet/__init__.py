"""booklet composes YAML content and YAML layouts into printable, accessible PDF booklets."""

__version__ = "0.1.0"
