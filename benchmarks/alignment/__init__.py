"""Word and sentence alignment against hand-made and re-cut data."""
