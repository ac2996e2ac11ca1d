"""Figures, printed by commands anyone can run; floors are in floors.toml."""
