"""The pages on which an entry is written, replaced, and read with what it replaced."""

from hub.cases import actions, contact_form, queries
from hub.cases.bodies import BELONGS, SPOKEN_OF, WRITTEN_BY_HAND, lines
from hub.cases.names import names_of
from hub.cases.safe_contact import ContactMethod, Day
from hub.cases.tables import CaseRow
from hub.cases.views import EntryChoicePage, EntryPage, EntryView
from hub.core.errors import NothingHere
from hub.core.ids import CaseId, EnvelopeId
from hub.core.language import _, speak_of
from hub.core.words import Category, SpokenOf, pairs
from hub.desk import Desk
from hub.web.answers import Go
from hub.web.form import Form
from hub.web.routes import CASEWORKERS, page


def new_entry(desk: Desk) -> EntryChoicePage | EntryPage:
    """What the entry is about, and then the entry."""
    row = queries.case(desk, CaseId(desk.path["case"]))
    speak_of(queries.spoken_of(desk, CaseId(row.id)))
    category = desk.form.optional_choice("category", Category)
    if category is not None and category in WRITTEN_BY_HAND:
        return _blank(desk, row, category)
    belongs = [(each, str(BELONGS[each])) for each in WRITTEN_BY_HAND]
    return EntryChoicePage(row.id, row.code, belongs)


def _blank(desk: Desk, row: CaseRow, category: Category) -> EntryPage:
    return EntryPage(
        case=row.id,
        code=row.code,
        category=category,
        belongs=str(BELONGS[category]),
        methods=pairs(ContactMethod),
        ways=pairs(SpokenOf),
        days=pairs(Day),
        zone=desk.hub.settings.zone.key,
        closed=row.closed_at is not None,
    )


def add_entry(desk: Desk) -> Go:
    """Write it."""
    case = CaseId(desk.path["case"])
    category = desk.form.choice("category", Category)
    body = _body(desk, category)
    desk.form.check()
    actions.write_entry(desk, case, category, body)
    return Go("show_case", case=case)


def show_entry(desk: Desk) -> EntryPage:
    """One entry as it stands, ready to be replaced, and everything it replaced."""
    case = CaseId(desk.path["case"])
    row = queries.case(desk, case)
    found = queries.entry_line(desk, case, desk.path["entry"])
    speak_of(queries.spoken_of(desk, case))
    return _entry_page(desk, row, found)


def _entry_page(desk: Desk, row: CaseRow, found: queries.LineOfEntries) -> EntryPage:
    if found.row.category not in WRITTEN_BY_HAND or not found.entries:
        raise NothingHere
    current, *older = found.entries
    names = names_of(desk.db, [entry.by for entry in older])
    replaced = [entry.at for entry in found.entries]
    return EntryPage(
        case=row.id,
        code=row.code,
        category=current.category,
        belongs=str(BELONGS[current.category]),
        methods=pairs(ContactMethod),
        ways=pairs(SpokenOf),
        days=pairs(Day),
        zone=desk.hub.settings.zone.key,
        line=found.row.line,
        replaces=current.envelope,
        body=dict(current.body),
        closed=row.closed_at is not None,
        earlier=[
            EntryView(
                "", lines(each.category, each.body), names.get(each.by, ""), each.at, "", ended
            )
            for each, ended in zip(older, replaced, strict=False)
        ],
    )


def change_entry(desk: Desk) -> Go:
    """Put newer words in its place."""
    case = CaseId(desk.path["case"])
    found = queries.entry_line(desk, case, desk.path["entry"])
    body = _body(desk, found.row.category)
    replaced = EnvelopeId(desk.form.id("replaces"))
    desk.form.check()
    actions.replace_entry(desk, case, replaced, body)
    return Go("show_case", case=case)


def _body(desk: Desk, category: Category) -> dict[str, str]:
    """The body of an entry as it was typed, without the parts left empty."""
    if category is Category.CONTACT:
        body = contact_form.typed(desk.form, desk.at)
    elif category is Category.IDENTITY:
        body = _identity(desk.form)
    else:
        return {"text": desk.form.prose("text")}
    return {key: words for key, words in body.items() if words}


def _identity(form: Form) -> dict[str, str]:
    way = form.optional_choice(SPOKEN_OF, SpokenOf)
    body = {
        "name": form.optional_text("name"),
        "birth": form.optional_text("birth"),
        "pronouns": form.optional_text("pronouns"),
        SPOKEN_OF: way.value if way else "",
        "text": form.optional_prose("text", 1000),
    }
    if not any(body.values()):
        form.refuse("name", _("Fill in at least one of these."))
    return body


ROUTES = [
    page("GET", "/cases/{case}/entries/new", new_entry, audience=CASEWORKERS, audit=""),
    page(
        "POST",
        "/cases/{case}/entries",
        add_entry,
        audience=CASEWORKERS,
        audit="entry.write",
        again=new_entry,
    ),
    page(
        "GET",
        "/cases/{case}/entries/{entry}",
        show_entry,
        audience=CASEWORKERS,
        audit="entry.read",
    ),
    page(
        "POST",
        "/cases/{case}/entries/{entry}",
        change_entry,
        audience=CASEWORKERS,
        audit="entry.replace",
        again=show_entry,
    ),
]
