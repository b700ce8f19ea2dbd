"""What a law or a court makes an agency tell: the least of it, entry by entry, and to whom."""
