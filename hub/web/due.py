"""When something is due, in as few words as say it: "40 min left", "17:30", "Wed 24"."""

from datetime import datetime, timedelta

from babel.dates import format_datetime

from hub.core.language import _, ngettext
from hub.settings import Settings


def in_words(due: datetime | None, at: datetime, settings: Settings) -> str:
    """The nearer, the more exact; what has no hour can wait."""
    if due is None:
        return _("Any time")
    zone, language = settings.zone, settings.language
    days = (due.astimezone(zone).date() - at.astimezone(zone).date()).days
    if due <= at:
        pattern = "HH:mm" if days == 0 else "d MMM"
        return _("since {then}").format(then=format_datetime(due, pattern, zone, language))
    if due - at < timedelta(hours=1):
        left = int((due - at).total_seconds() // 60) + 1
        return ngettext("{n} min left", "{n} min left", left).format(n=left)
    pattern = "HH:mm" if days == 0 else "EEE d" if days < 7 else "d MMM"
    return format_datetime(due, pattern, zone, language)
