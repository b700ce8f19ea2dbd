"""How releases are given in the made-up town: what is said, in which language, signed or spoken."""

from math import sin
from typing import Final

from hub.consent import queries
from hub.consent.notice import NEWEST, Heard, Language
from hub.consent.terms import Asked, Assent, Copies, Given, GivenBy, Manner, Said, Words
from hub.demo.stage import Known, Stage
from hub.desk import Desk

ON_SCREEN: Final = 0.45
ON_PAPER: Final = 0.8
"""Up to where in the draw somebody signs on the screen, and on paper; the rest agree otherwise."""


def given(stage: Stage, desk: Desk, known: Known) -> Given:
    """How this person agrees: mostly by signature, aloud only where the agency's law allows it."""
    drawn = stage.chance.random()
    manner = _manner(desk, drawn)
    of = known.plan.survivor
    spoken = {each.value: each for each in Language}.get(of.language)
    words = {Words.PURPOSE: stage.words.of_release("purpose")}
    if spoken is None:
        words[Words.INTERPRETER] = stage.words.of_release("interpreter")
    by, assent = GivenBy.HERSELF, None
    if of.is_child:
        by, assent = GivenBy.GUARDIAN, Assent.AGREES
        words[Words.GUARDIAN] = stage.words.of_release("guardian")
        words[Words.BEST_INTEREST] = stage.words.of_release("best_interest")
    return Given(
        manner=manner,
        said=frozenset(Said),
        not_the_abuser=True,
        witness="" if manner in {Manner.DRAWN, Manner.SIGNATURE} else "A colleague",
        limits=stage.words.of_release("limits") if drawn < 0.3 else "",
        words=words,
        asked=frozenset(Asked),
        talk={each: stage.words.of_release(each.value) for each in Asked if drawn < 0.6},
        heard=Heard(spoken or Language.ENGLISH, NEWEST),
        by=by,
        assent=assent,
        copies=Copies.UNSAFE if drawn < 0.5 else Copies.GIVEN,
        drawn=scrawl(of.name) if manner is Manner.DRAWN else "",
    )


def _manner(desk: Desk, drawn: float) -> Manner:
    if drawn < ON_SCREEN:
        return Manner.DRAWN
    if drawn < ON_PAPER:
        return Manner.SIGNATURE
    return Manner.VERBAL if queries.policy(desk).spoken_counts else Manner.THUMBPRINT


def scrawl(name: str) -> str:
    """Strokes that look like a hand's and say nothing: the same for the same name."""
    seed = sum(ord(letter) for letter in name)
    lines = [
        " ".join(_point(seed, line, step) for step in range(24))
        for line in range(len(name.split()))
    ]
    return ";".join(lines)


def _point(seed: int, line: int, step: int) -> str:
    x = 120 + 380 * line + 15 * step
    y = 160 + 60 * sin(step * (0.9 + seed % 7 / 10)) + 25 * sin(step / 3 + seed)
    return f"{x},{round(y)}"
