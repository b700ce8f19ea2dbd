"""When two written names may be one person's."""

import unicodedata


def normalised(name: str) -> str:
    """A name without what people write now so, now so: case, accents, dots, order of its parts.

    "" for a name without a letter. Two names are taken for one when this is equal.
    """
    bare = unicodedata.normalize("NFKD", name).casefold()
    kept = "".join(each if each.isalnum() else " " for each in bare if not _is_mark(each))
    return " ".join(sorted(kept.split()))


def _is_mark(letter: str) -> bool:
    return unicodedata.combining(letter) != 0
