"""All records of one file, each taken as a draft or quarantined: no database yet."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from hub.core.language import _
from pathways.directory import advisor, hsds
from pathways.directory.draft import Draft, joined_places
from pathways.directory.fields import Fields
from pathways.directory.listing import Service
from pathways.directory.reading import FileRefused, Found
from pathways.directory.strict import RecordRefused, record

MOST_RECORDS: Final = 20_000
MOST_QUARANTINED: Final = 5_000
FEATURE: Final = "Feature"

Step = Callable[[int], None]
"""Told how many bytes, or records, are done."""


@dataclass(frozen=True, slots=True)
class Quarantined:
    """A record that cannot be taken: its number and place in the file, and why."""

    number: int
    place: str
    reason: str


@dataclass(frozen=True, slots=True)
class Placed:
    """A draft and the records of the file it was made of."""

    draft: Draft
    found: tuple[Found, ...]


@dataclass(frozen=True, slots=True)
class Gathered:
    """All records of a file, told apart.

    `alike` pairs the place of a record with that of an earlier one that says the same under
    another id: both are taken, but somebody should look.
    """

    placed: Sequence[Placed]
    quarantined: Sequence[Quarantined]
    alike: Sequence[tuple[str, str]]


def gather(found: Iterable[Found], step: Step) -> Gathered:
    """Read every record; one that is wrong stops no other.

    Raises:
        FileRefused: more than MOST_RECORDS, or more than MOST_QUARANTINED that cannot be taken;
            also as `found` itself raises it.
    """
    sorting = _Sorting()
    for one in found:
        if one.number > MOST_RECORDS:
            raise FileRefused(
                _("The file has more than {n} records. Cut it into smaller ones.").format(
                    n=f"{MOST_RECORDS:,}"
                )
            )
        sorting.sort(one)
        step(one.byte + len(one.raw))
    return sorting.gathered()


class _Sorting:
    """The records so far."""

    def __init__(self) -> None:
        self.placed: dict[tuple[str, str], Placed] = {}
        self.quarantined: list[Quarantined] = []

    def sort(self, found: Found) -> None:
        """Take one record, or quarantine it."""
        try:
            self._take(_draft(found), found)
        except RecordRefused as wrong:
            self._quarantine(found, str(wrong))

    def gathered(self) -> Gathered:
        placed = list(self.placed.values())
        return Gathered(placed, self.quarantined, list(_alike(placed)))

    def _take(self, draft: Draft, found: Found) -> None:
        key = (draft.source, draft.source_id)
        before = self.placed.get(key)
        if before is None:
            self.placed[key] = Placed(draft, (found,))
            return
        joined = joined_places(before.draft, draft)
        if joined is None:
            raise RecordRefused(
                _("It has the same identifier as {place}, which was read first.").format(
                    place=before.found[0].place
                )
            )
        self.placed[key] = Placed(joined, (*before.found, found))

    def _quarantine(self, found: Found, reason: str) -> None:
        self.quarantined.append(Quarantined(found.number, found.place, reason))
        if len(self.quarantined) > MOST_QUARANTINED:
            raise FileRefused(
                _(
                    "More than {n} records cannot be taken, the first for this reason: {reason} "
                    "It looks like the wrong file, and nothing was stored."
                ).format(n=f"{MOST_QUARANTINED:,}", reason=self.quarantined[0].reason)
            )


def _draft(found: Found) -> Draft:
    """One record as the format it is in says it."""
    fields = Fields(record(found.raw, found.depth))
    if fields.values.get("type") == FEATURE:
        return advisor.draft(fields)
    return hsds.draft(fields)


def _alike(placed: Iterable[Placed]) -> Iterator[tuple[str, str]]:
    """Pairs of records that say the same of a service under two ids, the later one first."""
    first: dict[Service, str] = {}
    for one in placed:
        content, place = one.draft.content, one.found[0].place
        if content is None:
            continue
        same = first.setdefault(content, place)
        if same != place:
            yield place, same
