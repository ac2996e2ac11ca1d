"""Names of an article on both sides: found, paired and judged."""
