"""Who must never know of a case: named by the person it is about, or by their own word."""
