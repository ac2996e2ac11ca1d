"""Figures of the reference-free estimate."""
