"""The template environment: strict for Linden's own pages, lenient for the component library's."""

from collections.abc import Collection, Iterable, Mapping, MutableMapping
from enum import Enum
from typing import Any, ClassVar, Final, Protocol

from jinja2 import (
    BytecodeCache,
    Environment,
    FileSystemLoader,
    PackageLoader,
    PrefixLoader,
    StrictUndefined,
    Template,
)
from jinja2.bccache import Bucket

from hub.core.language import _, ngettext
from hub.web.places import TEMPLATES, asset

LIBRARY: Final = "govuk_frontend_jinja"


class Labelled(Protocol):
    """A member of one of the word lists in hub.core.words."""

    @property
    def value(self) -> str: ...
    @property
    def label(self) -> object: ...


Choice = Labelled | tuple[object, object]


class Remembered(BytecodeCache):
    """Compiled templates, kept for as long as the process lives: several hubs share them."""

    kept: ClassVar[dict[str, bytes]] = {}

    def load_bytecode(self, bucket: Bucket) -> None:
        if bucket.key in self.kept:
            bucket.bytecode_from_string(self.kept[bucket.key])

    def dump_bytecode(self, bucket: Bucket) -> None:
        self.kept[bucket.key] = bucket.bytecode_to_string()


class PageEnvironment(Environment):
    """Strict, escaping and translated; hands the library's own templates to a lenient twin.

    The library tests for parameters it was not given, which StrictUndefined rightly refuses;
    so only its files are read leniently, and a misspelt name in a page of ours still fails.
    """

    def __init__(self) -> None:
        super().__init__(
            loader=FileSystemLoader(TEMPLATES),
            autoescape=True,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
            extensions=["jinja2.ext.i18n"],
            bytecode_cache=Remembered(),
        )
        self.library = Environment(
            loader=PrefixLoader({LIBRARY: PackageLoader(LIBRARY)}),
            autoescape=True,
            trim_blocks=True,
            lstrip_blocks=True,
            bytecode_cache=Remembered(),
        )
        translations: Any = self
        translations.install_gettext_callables(_, ngettext, newstyle=True)
        self.globals["asset"] = asset
        self.filters |= {"told": told, "fault": fault, "choices": choices}

    def get_template(
        self,
        name: str | Template,
        parent: str | None = None,
        globals: MutableMapping[str, Any] | None = None,
    ) -> Template:
        """The template of this name; the library's come from the lenient twin."""
        if isinstance(name, str) and name.startswith(f"{LIBRARY}/"):
            return self.library.get_template(name)
        return super().get_template(name, parent, globals)


def told(sentence: object) -> dict[str, str] | None:
    """A hint as the library wants it; nothing for an empty one."""
    return {"text": str(sentence)} if sentence else None


def fault(sentence: object) -> dict[str, str] | None:
    """An error beside its field as the library wants it; nothing for None."""
    return {"text": str(sentence), "visuallyHiddenText": _("Error")} if sentence else None


def choices(
    items: Iterable[Choice],
    chosen: Collection[object],
    hints: Mapping[Any, object],
    empty: object = "",
) -> list[dict[str, Any]]:
    """Radios, boxes or options as the library wants them, from pairs or members of an enum.

    Args:
        chosen: the values that stand ticked.
        hints: a sentence under the label of a value; values without one are absent.
        empty: the words of a first option that chooses nothing; "" for no such option.
    """
    ticked = {_value(one) for one in chosen}
    rows: list[dict[str, Any]] = [{"value": "", "text": str(empty)}] if empty else []
    for item in items:
        value, label = item if isinstance(item, tuple) else (item.value, item.label)
        on = _value(value) in ticked
        hint = told(hints.get(value))
        rows.append(
            {
                "value": _value(value),
                "text": str(label),
                "checked": on,
                "selected": on,
                "hint": hint,
            }
        )
    return rows


def _value(choice: object) -> str:
    return str(choice.value) if isinstance(choice, Enum) else str(choice)
