"""Numbers, dates and money: a grid that is right and wrong by construction, and real text."""
