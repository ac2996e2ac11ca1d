"""What a sentence claims: negation, opposites, and how strongly somebody says it."""
