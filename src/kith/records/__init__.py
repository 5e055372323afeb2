"""The one append-only table, its ledger, its keys, and readings as of any day."""
