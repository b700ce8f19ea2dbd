"""The one passphrase everybody in the made-up town shares: words drawn with the town's seed."""

from random import Random
from typing import Final

WORDS: Final = (
    "amber", "anchor", "basket", "brook", "candle", "cedar", "copper", "feather", "garden",
    "harvest", "kettle", "ladder", "lantern", "marble", "meadow", "mirror", "orchard", "pepper",
    "pillow", "ribbon", "saddle", "silver", "thimble", "tunnel", "velvet", "walnut", "window",
)  # fmt: skip


def drawn(seed: int) -> str:
    """Four different words, the same for the same seed. It guards made-up people alone."""
    return "-".join(Random(seed).sample(WORDS, 4))  # noqa: S311 -- nothing here is secret
