"""Numbers, money, measures, dates and times: read, compared, matched across two languages."""
