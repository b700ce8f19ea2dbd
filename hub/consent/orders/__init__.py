"""A court order: received, asked for, approved by another, and then handed over."""
