"""The labs: each turns validated parameters into a result of plain numbers and arrays."""
