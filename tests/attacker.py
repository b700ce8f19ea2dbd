"""Somebody with a stopwatch, who tries to tell from response times what is there."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import exp, log
from random import Random
from statistics import fmean, median, pstdev
from typing import Final

STEPS: Final = 60
RATE: Final = 0.5
NEIGHBOURS: Final = 25
"""How many answers before and after one tell how busy the machine was just then."""
AT_A_TIME: Final = 5


@dataclass(frozen=True, slots=True)
class Verdict:
    """How well each way of looking at the times tells one class from the other: 0.5 is a guess.

    Attributes:
        each: of the two classes, how many answers were timed.
        raw: the longer answer is of the second class.
        trained: a classifier that learned from one half, asked about the other.
        of_five: the median of five answers of one class at a time, as a patient attacker takes.
    """

    each: int
    raw: float
    trained: float
    of_five: float

    @property
    def edge(self) -> float:
        """How far from a guess the better of single looks is."""
        return max(abs(self.raw - 0.5), abs(self.trained - 0.5))

    def __str__(self) -> str:
        return (
            f"n={self.each}+{self.each} AUC raw={self.raw:.3f} trained={self.trained:.3f} "
            f"median of {AT_A_TIME}={self.of_five:.3f}"
        )


def auc(first: Sequence[float], second: Sequence[float]) -> float:
    """The chance that one of `second` is larger than one of `first`; a tie counts half.

    Cost: one sort. Source: Mann and Whitney's U, over the product of the two sizes.
    """
    marked = sorted([(value, 0) for value in first] + [(value, 1) for value in second])
    below, wins, at = 0, 0.0, 0
    while at < len(marked):
        upto = at
        while upto < len(marked) and marked[upto][0] == marked[at][0]:
            upto += 1
        ones = sum(mark for _value, mark in marked[at:upto])
        zeros = upto - at - ones
        wins += ones * (below + zeros / 2)
        below, at = below + zeros, upto
    return wins / (len(first) * len(second))


def judged(timed: Sequence[tuple[int, int]]) -> Verdict:
    """What the attacker makes of (class, nanoseconds), in the order in which they were measured."""
    times = [[float(ns) for mark, ns in timed if mark == wanted] for wanted in (0, 1)]
    return Verdict(
        each=min(len(each) for each in times),
        raw=auc(*times),
        trained=_trained(timed),
        of_five=auc(*(_medians(each) for each in times)),
    )


def _medians(times: Sequence[float]) -> list[float]:
    whole = len(times) - len(times) % AT_A_TIME
    return [median(times[at : at + AT_A_TIME]) for at in range(0, whole, AT_A_TIME)]


def _trained(timed: Sequence[tuple[int, int]]) -> float:
    """The AUC on one half of a logistic regression fitted to the other half."""
    seen = list(zip(_features([float(ns) for _mark, ns in timed]), timed, strict=True))
    Random(1).shuffle(seen)  # noqa: S311 -- a fair split, not a secret
    lessons = [(features, mark) for features, (mark, _ns) in seen[::2]]
    weights = _fitted(lessons)
    scored: list[list[float]] = [[], []]
    for features, (mark, _ns) in seen[1::2]:
        scored[mark].append(_dot(weights, features))
    return auc(*scored)


def _features(times: Sequence[float]) -> list[list[float]]:
    """Of each time: itself, its logarithm, how far it is above its neighbours, and that squared."""
    around = [
        median(times[max(0, at - NEIGHBOURS) : at + NEIGHBOURS + 1]) for at in range(len(times))
    ]
    above = _standard([log(each / usual) for each, usual in zip(times, around, strict=True)])
    columns = [
        _standard(times),
        _standard([log(each) for each in times]),
        above,
        _standard([each * each for each in above]),
    ]
    return [[1.0, *row] for row in zip(*columns, strict=True)]


def _standard(values: Sequence[float]) -> list[float]:
    """Around 0 with a spread of 1, and nothing beyond 3: an outlier is the machine's doing."""
    ordered = sorted(values)
    low, high = ordered[len(ordered) // 100], ordered[-1 - len(ordered) // 100]
    held = [min(max(value, low), high) for value in values]
    middle, spread = fmean(held), pstdev(held) or 1.0
    return [(value - middle) / spread for value in held]


def _fitted(lessons: Sequence[tuple[list[float], int]]) -> list[float]:
    weights = [0.0] * len(lessons[0][0])
    for _step in range(STEPS):
        slope = [0.0] * len(weights)
        for features, mark in lessons:
            off = mark - 1 / (1 + exp(-_dot(weights, features)))
            for at, value in enumerate(features):
                slope[at] += off * value
        weights = [
            weight + RATE * part / len(lessons) for weight, part in zip(weights, slope, strict=True)
        ]
    return weights


def _dot(weights: Sequence[float], features: Sequence[float]) -> float:
    return sum(weight * value for weight, value in zip(weights, features, strict=True))
