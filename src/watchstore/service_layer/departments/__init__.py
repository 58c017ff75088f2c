"""The shop's use cases by department; `Shop` has them all under one roof."""
