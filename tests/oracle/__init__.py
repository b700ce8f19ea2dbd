"""Who may read what, written from the design's sentence alone, to be compared with the product."""
