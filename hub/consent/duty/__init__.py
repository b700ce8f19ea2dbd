"""A legal duty to report: considered, discussed, told first, made, acknowledged."""
