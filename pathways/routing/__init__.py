"""Which service fits a need, why, and what stands in the way of the others."""
