"""Pure words: categories, roles, grounds, ids, clock, errors and state tables."""
