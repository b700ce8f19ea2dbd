"""The referral: its life, the partner's inbox and answer, and what goes with it."""
