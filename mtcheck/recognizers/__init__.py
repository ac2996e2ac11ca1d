"""Where names and recurring terms stand."""
