"""Pages of PDFs that booklet did not make become sheets to fold, staple or cut. Text is never looked at."""
