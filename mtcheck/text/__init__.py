"""Languages, sentences, words and marks."""
