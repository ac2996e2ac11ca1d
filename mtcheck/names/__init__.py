"""Names compared as strings: across scripts, spellings, orders, short forms and languages."""
