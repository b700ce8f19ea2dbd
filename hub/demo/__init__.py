"""A made-up town to try Linden in. Everybody and everything in it is invented."""
