"""Sentence and word alignment over the states of the shared encoder."""
