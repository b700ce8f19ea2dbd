"""A release in sentences a person can read aloud."""

from collections.abc import Collection, Iterable
from datetime import datetime
from typing import Final
from zoneinfo import ZoneInfo

from hub.consent.release import Release, Standing, standing
from hub.core.language import _, lazy, ngettext
from hub.core.words import Category, Purpose, ServiceType, Worded

KINDS: Final = {
    Standing.DRAFTED: "plain",
    Standing.TO_COME: "lake",
    Standing.LIVE: "",
    Standing.ENDED: "plain",
    Standing.WITHDRAWN: "clay",
    Standing.SUPERSEDED: "plain",
}
"""The colour of each standing's tag; the words say the same."""

SOON_DAYS: Final = 7


def listed(words: Iterable[str]) -> str:
    """Words as a sentence lists them: "a, b and c"."""
    each = list(words)
    if len(each) < 2:
        return "".join(each)
    return _("{some} and {last}").format(some=", ".join(each[:-1]), last=each[-1])


def labels(chosen: Iterable[Worded], order: type[Worded]) -> list[str]:
    """The labels of the chosen members, in the order of their list."""
    wanted = set(chosen)
    return [str(each.label) for each in order if each in wanted]


def what(release: Release) -> str:
    """What may be shared, in a list."""
    return listed(labels(release.categories, Category))


def what_for(release: Release) -> str:
    """What the release is for; a referral names its kinds of service."""
    return purposes_in_words(release.purposes, release.service_types)


def purposes_in_words(purposes: Collection[Purpose], kinds: Iterable[ServiceType]) -> str:
    """Purposes in a list; a referral names its kinds of service."""
    said = []
    for purpose in Purpose:
        if purpose not in purposes:
            continue
        named = listed(labels(kinds, ServiceType)) if purpose is Purpose.REFERRAL else ""
        said.append(f"{purpose.label} ({named})" if named else str(purpose.label))
    return listed(said)


def days_left(release: Release, at: datetime, zone: ZoneInfo) -> int:
    """Whole calendar days until the day on which the release ends; 0 on that day itself."""
    return (release.ends.astimezone(zone).date() - at.astimezone(zone).date()).days


def time_left(release: Release, at: datetime, zone: ZoneInfo) -> str:
    """How long the release still lasts, in words; "" when it is not in force."""
    if standing(release, at) is not Standing.LIVE:
        return ""
    days = days_left(release, at, zone)
    if days == 0:
        return _("Ends today")
    if days == 1:
        return _("Ends tomorrow")
    return ngettext("{n} day left", "{n} days left", days).format(n=days)


def tag_kind(release: Release, at: datetime, zone: ZoneInfo) -> str:
    """The colour of the tag: honey when a release in force ends within a week."""
    now = standing(release, at)
    if now is Standing.LIVE and days_left(release, at, zone) <= SOON_DAYS:
        return "honey"
    return KINDS[now]


RELEASE_ENDINGS: Final = {
    "withdrawn": lazy("She took her release back."),
    "expired": lazy("The release came to its end."),
}
ENDINGS: Final = {
    "called_back": lazy("It was called back before they could open any of it."),
    "superseded": lazy("A newer release took the place of the one it was shared on."),
    "taken_on": lazy("Those who work on it took it over from the desk."),
    "declined": lazy("They said that they cannot help."),
    "closed": lazy("What it was for is over."),
    "withdrawn": lazy("What they were asked for was taken back."),
    "expired": lazy("They did not answer in time."),
    "entered_in_error": lazy("It was sent by mistake."),
    "taken_off": lazy("It was taken off the agenda."),
    "seat_taken": lazy("They have no seat at the meeting any more."),
    "left_work": lazy("They do not do this work there any more."),
}


def ending(why: str, *, with_release: bool) -> str:
    """Why a share ended, in a sentence; "" for one that can still be read.

    Args:
        with_release: whether it ended because its release did; the same code says another thing
            when only what was done with the release ended.
    """
    if not why:
        return ""
    known = RELEASE_ENDINGS if with_release else ENDINGS
    return str(known.get(why, lazy("It is no longer needed there.")))
