"""Reaching somebody by a way that is safe, at an hour that is safe, and by no other."""
