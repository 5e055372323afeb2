"""Documents out: the report of a gathering, as a page, as PDF and as an issued edition."""
