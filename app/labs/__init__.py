"""The labs: one question each, from validated parameters through the kernel to an answer of plain arrays."""
