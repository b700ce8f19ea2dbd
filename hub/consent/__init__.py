"""Releases: what a survivor agreed to, the one rule that reads it, withdrawal and her ledger."""
