"""Terms against a termbase."""
