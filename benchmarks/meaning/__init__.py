"""Measures the rules of meaning and of quotations."""
