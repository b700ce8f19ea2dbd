"""The brake: what goes to an agency for the first time, or says where she is, waits a little.

Until then it can be called back and nobody there can know of it.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta

from hub.core.ids import AgencyId, CaseId
from hub.core.words import Category, Hurry
from hub.desk import Desk
from hub.door.shares import told_before
from hub.web.form import Form


@dataclass(frozen=True, slots=True)
class Haste:
    """That something cannot wait: which reason, and the words beside it."""

    hurry: Hurry
    words: str


def typed_haste(form: Form) -> Haste | None:
    """That it cannot wait, and why, as it was typed; of reason and words none goes alone."""
    if not form.optional_choice("hurry", Hurry) and not form.optional_prose("hurry_words", 1000):
        return None
    return Haste(form.choice("hurry", Hurry), form.prose("hurry_words", 1000))


@dataclass(frozen=True, slots=True)
class Going:
    """What is about to go: from which case, to which agency, of which categories."""

    case: CaseId
    to_agency: AgencyId
    categories: Collection[Category]


def pause(going: Going, told_before: bool, wait: timedelta) -> timedelta:
    """How long it waits before anybody there can open it; nothing when it need not.

    Args:
        told_before: whether that agency could ever open anything of this case up to now.
        wait: how long the hub lets such things wait.

    Source: most wrong disclosures are honest mistakes, noticed within minutes.
    """
    if Category.LOCATION in going.categories:
        return wait
    return timedelta() if told_before else wait


def opens_at(desk: Desk, going: Going, haste: Haste | None) -> datetime | None:
    """From when on it can be opened there; None for at once. Haste skips the wait."""
    if haste is not None:
        return None
    known = told_before(desk.db, desk.sight, going.case, going.to_agency)
    waits = pause(going, known, desk.hub.settings.recall)
    return desk.at + waits if waits else None
