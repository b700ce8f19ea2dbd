"""What is written in a case as a page shows it: how to reach her at the top, then the rest."""

from collections.abc import Sequence

from hub.cases.bodies import lines, said
from hub.cases.reaching import keeping, queries, showing
from hub.cases.reaching.queries import Way
from hub.cases.views import CategoryGroup, ContactView, EntryView
from hub.core.ids import CaseId
from hub.core.words import Category
from hub.desk import Desk
from hub.door import Entry


def shown_first(
    desk: Desk, case: CaseId, found: Sequence[tuple[str, Entry]], names: dict[str, str]
) -> ContactView | None:
    """The newest way to reach her safely, and whether it may be used now."""
    ways = [each for each in found if each[1].category is Category.CONTACT]
    if not ways:
        return None
    line, newest = max(ways, key=lambda each: each[1].at)
    rest = {key: newest.body.get(key, "") for key in ("who_may_answer", "may_say", "code_word")}
    kept = keeping.of_case(desk, case).get(line)
    now = showing.standing(desk, Way(line, newest, queries.asked(newest, kept, desk.at)))
    shown = EntryView(
        line,
        lines(Category.CONTACT, rest),
        names.get(newest.by, ""),
        newest.at,
        newest.body.get("value", ""),
    )
    how = said("method", newest.body.get("method", ""))
    summary = ", ".join(filter(None, (how, *showing.hours(newest.body))))
    return ContactView(summary, now.sentence, now.kind, newest.body.get("text", ""), shown)


def groups(found: Sequence[tuple[str, Entry]], names: dict[str, str]) -> list[CategoryGroup]:
    """Entries by what they are about; a number or address shows only when somebody asks for it."""
    grouped = []
    for category in Category:
        mine = [(line, entry) for line, entry in found if entry.category is category]
        views = [_entry(line, entry, names) for line, entry in mine]
        if views:
            grouped.append(CategoryGroup(category, views))
    return grouped


def _entry(line: str, entry: Entry, names: dict[str, str]) -> EntryView:
    body = dict(entry.body)
    hidden = body.pop("value", "") if entry.category is Category.CONTACT else ""
    said_by = names.get(entry.by, "")
    return EntryView(line, lines(entry.category, body), said_by, entry.at, hidden)
