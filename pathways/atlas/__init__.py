"""The pathway map: entry points, providers and the flows between them, drawn and in words."""
