"""The town every test shares, and what the tests of Linden stand on."""
