"""What each agency offers, to whom, where, and how it takes a referral."""
