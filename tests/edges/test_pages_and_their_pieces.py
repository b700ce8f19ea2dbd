"""What every page's pieces promise: labels, words that come back, and nothing that runs."""

import re
from html.parser import HTMLParser

import pytest
from jinja2 import UndefinedError

from hub.web.components import PageEnvironment, choices
from hub.web.places import STATIC, AssetMissing, asset, manifest
from hub.web.render import FormState
from tests.edges.pattern import HOSTILE, pattern

WRONG = {"called": "Enter what she is called.", "told": "Tick one.", "aloud": "Read it aloud."}
TYPED = {"said": [HOSTILE], "told.shown": ["1"], "told": ["safety"], "role": ["coordinator"]}


class Elements(HTMLParser):
    """Every start tag of a page with its attributes."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str]]] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, {name: value or "" for name, value in attrs}))

    def named(self, name: str) -> list[dict[str, str]]:
        return [attrs for _tag, attrs in self.tags if attrs.get("name") == name]


@pytest.fixture(params=[FormState(), FormState(TYPED, WRONG), FormState(TYPED, notice="Changed.")])
def elements(request: pytest.FixtureRequest) -> Elements:
    """The pattern page: fresh, with mistakes, and with a notice."""
    return Elements(pattern(request.param))


def test_every_field_a_person_fills_has_a_label_of_its_own(elements: Elements) -> None:
    labelled = {attrs["for"] for tag, attrs in elements.tags if tag == "label"}
    fields = [
        attrs
        for tag, attrs in elements.tags
        if tag in {"input", "select", "textarea"} and attrs.get("type") != "hidden"
    ]
    assert len(fields) > 15
    assert {attrs["id"] for attrs in fields} == labelled


def test_every_id_is_unique_and_every_reference_finds_its_element(elements: Elements) -> None:
    ids = [attrs["id"] for _tag, attrs in elements.tags if "id" in attrs]
    assert len(ids) == len(set(ids))
    referred = " ".join(attrs.get("aria-describedby", "") for _tag, attrs in elements.tags)
    jumps = [attrs["href"][1:] for _tag, attrs in elements.tags if attrs.get("href", "")[:1] == "#"]
    assert {*referred.split(), *jumps} <= set(ids)


def test_no_element_carries_a_style_or_a_handler_of_its_own(elements: Elements) -> None:
    names = {name for _tag, attrs in elements.tags for name in attrs}
    assert not [name for name in names if name == "style" or name.startswith("on")]


def test_scripts_and_styles_carry_the_nonce_and_come_from_us(elements: Elements) -> None:
    loaded = [
        attrs for tag, attrs in elements.tags if tag == "script" or attrs.get("rel") == "stylesheet"
    ]
    assert [attrs["nonce"] for attrs in loaded] == ["nonce"] * 2
    assert all(attrs.get("src", attrs.get("href", "")).startswith("/static/") for attrs in loaded)


def test_what_was_typed_comes_back_as_text_and_never_as_markup() -> None:
    page = pattern(FormState(TYPED, WRONG))
    assert "<script>alert" not in page
    assert page.count("&lt;script&gt;alert(&#34;1&#34;)&lt;/script&gt;") == 3


def test_what_was_ticked_comes_back_even_when_it_was_nothing() -> None:
    fresh, emptied = FormState(), FormState({"told.shown": ["1"]})
    for form, expected in ((fresh, {"need"}), (emptied, set()), (FormState(TYPED), {"safety"})):
        boxes = Elements(pattern(form)).named("told")
        assert {box["value"] for box in boxes if "checked" in box} == expected


def test_each_mistake_is_shown_beside_its_field_and_at_the_top() -> None:
    page = pattern(FormState(TYPED, WRONG))
    for field, sentence in WRONG.items():
        assert page.count(sentence) == 2
        assert f'href="#{field}"' in page


def test_a_form_that_changes_something_carries_its_three_hidden_marks() -> None:
    elements = Elements(pattern(FormState(csrf="C", once="O")))
    assert [attrs["value"] for attrs in elements.named("csrf")] == ["C"]
    assert [attrs["value"] for attrs in elements.named("once")] == ["O"]
    assert [attrs["value"] for attrs in elements.named("version")] == ["3"]


def test_a_name_that_a_page_was_not_given_is_refused() -> None:
    with pytest.raises(UndefinedError):
        PageEnvironment().from_string("{{ pgae.name }}").render()


def test_choices_are_ticked_by_value_and_never_by_label() -> None:
    rows = choices([("a", "b"), ("b", "a")], ["a"], {"b": "second"}, "none")
    assert [(row["value"], row.get("checked")) for row in rows] == [
        ("", None),
        ("a", True),
        ("b", False),
    ]
    assert rows[2]["hint"] == {"text": "second"}


def test_assets_are_addressed_by_a_digest_of_all_their_sources() -> None:
    folders = {path.split("/")[0] for path in manifest().values()}
    assert len(folders) == 1
    assert re.fullmatch(r"/static/[0-9a-f]{20}/linden\.css", asset("linden.css"))
    with pytest.raises(AssetMissing, match="no asset is called nothing"):
        asset("nothing")


def test_the_styles_ask_nobody_else_for_anything() -> None:
    css = (STATIC / manifest()["linden.css"]).read_text("utf-8")
    fetched = re.findall(r"url\(([^)]*)\)", css)
    assert {path.strip("\"'") for path in fetched} == {"fonts/latin.woff2", "fonts/latin-ext.woff2"}
    assert "@import" not in css
