"""Why somebody can see something: one whole sentence for every ground and every purpose."""

import pytest

from hub.consent.because import Why, because, in_a_sentence
from hub.core.effects import Effect, EffectKind, branches, nothing_more
from hub.core.ids import ReleaseId
from hub.core.words import Ground, Purpose

FILLED = {
    "what": "need",
    "agency": "Northside Law",
    "owner": "Harbour House",
    "purposes": "Case conferences",
    "kind": "legal advice",
    "until": "14 February 2030",
}


@pytest.mark.parametrize("purpose", [None, *Purpose])
@pytest.mark.parametrize("ground", Ground)
@pytest.mark.parametrize("code", ["", "HERON-08"])
def test_every_ground_has_a_sentence_of_its_own(
    ground: Ground, purpose: Purpose | None, code: str
) -> None:
    said = because(Why(ground, purpose=purpose, code=code, **FILLED))
    assert said.startswith("You can see this because ")
    assert said.endswith(".")
    assert "{" not in said
    assert ("HERON-08" in said) is (ground is Ground.OWN_WORK and bool(code))
    crosses = {Ground.RELEASE, Ground.LEGAL_DUTY, Ground.COURT_ORDER}
    assert ("Northside Law" in said and "14 February 2030" in said) is (ground in crosses)


def test_no_two_grounds_and_no_two_purposes_say_the_same() -> None:
    grounds = [because(Why(ground, **FILLED)) for ground in Ground]
    purposes = [because(Why(Ground.RELEASE, purpose=each, **FILLED)) for each in [None, *Purpose]]
    assert len(set(grounds)) == len(grounds)
    assert len(set(purposes)) == len(purposes)


@pytest.mark.parametrize(
    ("label", "said"), [("Legal advice", "legal advice"), ("", ""), ("a b", "a b")]
)
def test_a_label_loses_its_capital_in_the_middle_of_a_sentence(label: str, said: str) -> None:
    assert in_a_sentence(label) == said


def test_the_tree_of_one_release_holds_its_own_effects_kind_by_kind() -> None:
    mine, other = ReleaseId("m" * 26), ReleaseId("o" * 26)

    def effect(release: ReleaseId, kind: EffectKind, said: str) -> Effect:
        return Effect(release, kind, "", "", said, nothing_more)

    effects = [
        effect(mine, EffectKind.MESSAGE, "d"),
        effect(mine, EffectKind.ENTRIES, "a"),
        effect(other, EffectKind.ENTRIES, "no"),
        effect(mine, EffectKind.DRAFT, "c"),
        effect(mine, EffectKind.ENTRIES, "b"),
    ]
    assert [(each.kind, each.sentences) for each in branches(effects, mine)] == [
        (EffectKind.ENTRIES, ("a", "b")),
        (EffectKind.DRAFT, ("c",)),
        (EffectKind.MESSAGE, ("d",)),
    ]
    assert branches([], mine) == ()
