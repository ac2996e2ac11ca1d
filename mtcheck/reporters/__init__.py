"""Reports for people and programs: one module a form, listed in ``registry``."""
