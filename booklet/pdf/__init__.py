"""The file: drawing, embedded fonts, the structure tree, metadata. ReportLab is the PDF engine."""
