"""The article pairs of fixtures/articles: errors found, false alarms on the sound ones."""
