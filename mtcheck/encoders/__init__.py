"""Encoders: the packaged one, and any other by name or folder."""
