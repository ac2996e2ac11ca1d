"""What says how good a translation is, without a reference and with one."""
