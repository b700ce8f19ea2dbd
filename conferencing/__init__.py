"""Case conferences: who is at the table, what each may hear, and what was agreed."""
