"""Training of the judge of names."""
