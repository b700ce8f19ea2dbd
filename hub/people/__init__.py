"""Agencies, staff, sign-in and sessions."""
