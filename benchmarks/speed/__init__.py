"""Import, cold start, memory and the cost of a check against the encoder alone."""
