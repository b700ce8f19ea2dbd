"""The case: its one primary case manager, its entries, hand-over and closing."""
