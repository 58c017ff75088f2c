"""One module and its SQL per revision."""
