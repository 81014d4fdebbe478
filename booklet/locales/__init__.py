"""Language tags, catalogues, regions and sites, and how a language writes dates and numbers."""
