"""The demonstration filled to the size of a province: rows in bulk."""
