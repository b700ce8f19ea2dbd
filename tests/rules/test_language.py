"""In which words a sentence comes out: by the language, and by whom it speaks of."""

from collections.abc import Iterator
from contextvars import copy_context
from pathlib import Path

import pytest
from babel.messages.pofile import PoFileError

from hub.core import language
from hub.core.language import _, lazy, ngettext, speak, speak_of
from hub.core.words import SpokenOf

HEADER = """
msgid ""
msgstr ""
"Content-Type: text/plain; charset=UTF-8\\n"
"Plural-Forms: nplurals=2; plural=(n != 1);\\n"
"""


@pytest.fixture
def _files(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """English as it is, and a little Portuguese."""
    ours = {f"en/{path.name}": path.read_text("utf-8") for path in _english()}
    pairs = {
        "pt/she": {"Where she is": "Onde ela está", "Need": "Necessidade", "She told us": "Ela"},
        "pt/he": {"Where she is": "Onde ele está"},
        "pt_BR/she": {"Need": "Precisa"},
    }
    for name, said in pairs.items():
        text = "".join(f'\nmsgid "{here}"\nmsgstr "{there}"\n' for here, there in said.items())
        ours[f"{name}.po"] = HEADER + text
    ours["pt/she.po"] += '\nmsgid "{n} day"\nmsgid_plural "{n} days"\n'
    ours["pt/she.po"] += 'msgstr[0] "{n} dia"\nmsgstr[1] "{n} dias"\n'
    for name, text in ours.items():
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(text, "utf-8")
    monkeypatch.setattr(language, "CATALOGUES", tmp_path)
    language.sentences.cache_clear()
    yield
    language.sentences.cache_clear()


def _english() -> list[Path]:
    return sorted((language.CATALOGUES / "en").iterdir())


def said(code: str, way: SpokenOf, sentence: str) -> str:
    """A sentence in a language and a way, which nobody else goes on speaking."""

    def speaking() -> str:
        speak(code)
        speak_of(way)
        return _(sentence)

    return copy_context().run(speaking)


def test_whoever_nothing_is_recorded_of_is_spoken_of_as_they() -> None:
    assert _("Where she is") == "Where they are"


@pytest.mark.parametrize(
    ("way", "sentence"),
    [
        (SpokenOf.SHE, "Where she is"),
        (SpokenOf.HE, "Where he is"),
        (SpokenOf.THEY, "Where they are"),
    ],
)
def test_a_lazy_sentence_is_said_in_the_way_spoken_when_it_is_shown(
    way: SpokenOf, sentence: str
) -> None:
    label = lazy("Where she is")

    def shown() -> str:
        speak_of(way)
        return str(label)

    assert copy_context().run(shown) == sentence


def test_to_begin_to_speak_is_to_forget_whom_it_was_about() -> None:
    def twice() -> tuple[str, str]:
        speak_of(SpokenOf.HE)
        before = _("Where she is")
        speak("en")
        return before, _("Where she is")

    assert copy_context().run(twice) == ("Where he is", "Where they are")


def test_a_sentence_of_which_there_is_no_translation_stays_as_it_is() -> None:
    assert said("xx", SpokenOf.SHE, "Where she is") == "Where she is"
    assert said("xx", SpokenOf.HE, "No such sentence anywhere") == "No such sentence anywhere"
    assert ngettext("{n} day", "{n} days", 1) == "{n} day"
    assert ngettext("{n} day", "{n} days", 2) == "{n} days"


@pytest.mark.usefixtures("_files")
@pytest.mark.parametrize(
    ("code", "way", "sentence", "other"),
    [
        ("pt", SpokenOf.SHE, "Where she is", "Onde ela está"),
        ("pt", SpokenOf.HE, "Where she is", "Onde ele está"),
        ("pt", SpokenOf.HE, "Need", "Necessidade"),
        ("pt_BR", SpokenOf.HE, "Need", "Precisa"),
        ("pt_BR", SpokenOf.HE, "Where she is", "Onde ele está"),
        ("pt", SpokenOf.THEY, "Where she is", "Where they are"),
        ("pt", SpokenOf.HE, "She told us", "He told us"),
        ("en_GB", SpokenOf.HE, "She told us", "He told us"),
    ],
)
def test_another_language_never_speaks_of_him_or_them_as_of_her(
    code: str, way: SpokenOf, sentence: str, other: str
) -> None:
    assert said(code, way, sentence) == other


@pytest.mark.usefixtures("_files")
def test_another_language_counts_in_forms_of_its_own() -> None:
    def counted() -> list[str]:
        speak("pt")
        return [ngettext("{n} day", "{n} days", n) for n in (1, 2)]

    assert copy_context().run(counted) == ["{n} dia", "{n} dias"]


@pytest.mark.usefixtures("_files")
def test_a_file_of_sentences_that_cannot_be_read_stops_the_start() -> None:
    (language.CATALOGUES / "pt" / "they.po").write_text('msgid "open', "utf-8")
    with pytest.raises(PoFileError):
        language.read_all("pt")
