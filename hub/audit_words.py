"""What examining the log found, in sentences for whoever asked."""

from collections.abc import Sequence
from typing import Final

from hub.door.checkpoints import Paper
from hub.door.examining import Alarm, Comparison, Found, Report


def held(report: Report, papers: Sequence[Paper], own: Sequence[Paper]) -> list[str]:
    """What is well, in sentences."""
    said = []
    if not any(alarm.found is Found.BROKEN for alarm in report.alarms):
        said.append(
            f"{report.lines} lines, every one follows from the one before. Head {report.head}"
        )
    kept = sum(paper in report.held for paper in own)
    if own and kept == len(own):
        said.append(f"They fit all {kept} checkpoints kept in the database.")
    return said + [
        f"{paper.whose}: the first {paper.checkpoint.tree.size} lines are those it was made over, "
        f"on {when(paper)}."
        for paper in papers
        if paper in report.held
    ]


def incomparable(found: Comparison) -> list[str]:
    """The pairs of checkpoints nothing can be said of, in sentences."""
    return [
        f"{one.whose} and {other.whose} cannot be compared without the log or a proof. Ask for "
        f"linden audit checkpoint --since {one.whose}"
        for one, other in found.open
    ]


def sentences(report: Report) -> list[str]:
    """Everything that is wrong, in words."""
    said = [sentence(alarm) for alarm in report.alarms]
    return said + [
        f"{paper.whose}: nothing can be said of it, because the log breaks off before its "
        f"{paper.checkpoint.tree.size} lines."
        for paper in report.unread
    ]


def sentence(alarm: Alarm) -> str:
    """One thing that is wrong, in words."""
    lines, papers = alarm.lines, alarm.whose
    if papers and alarm.found is Found.FORKED:
        return (
            f"{papers[0].whose} and {papers[1].whose}: this hub signed both, and they are not of "
            "one log. It showed different people different logs."
        )
    if papers and alarm.found is Found.BACK:
        return f"{papers[1].whose} counts more lines than {papers[0].whose}, yet is dated before it"
    if papers:
        return f"{papers[0].whose}: {_of_paper(alarm)}"
    more = f" So are {len(lines) - 1} others." if len(lines) > 1 else ""
    return f"Line {lines[0]} {OF_LINES[alarm.found]}{more}"


OF_LINES: Final = {
    Found.BROKEN: (
        "does not follow from the line before it. Something was changed, moved, put in or taken "
        "out there."
    ),
    Found.BACK: (
        "is dated long before what came before it. Its date was forged, or the machine's clock "
        "was wrong."
    ),
    Found.AHEAD: (
        "is dated later than it can have been written. Its date was forged, or the machine's "
        "clock was wrong."
    ),
}


def _of_paper(alarm: Alarm) -> str:
    paper, size = alarm.whose[0], alarm.whose[0].checkpoint.tree.size
    if alarm.found is Found.SHORT:
        return (
            f"made over {size} lines, but the log has {alarm.lines[0]}. Lines were taken from its "
            "end, or an old copy of the database was put back."
        )
    if alarm.found is Found.AHEAD:
        return "it is dated in the future."
    return (
        f"the first {size} lines are not those it was made over. Since {when(paper)} something in "
        "them was changed, moved, put in or taken out, or whoever kept it was shown another log."
    )


def about(paper: Paper) -> str:
    """Over how many lines it was made, and when."""
    return f"over {paper.checkpoint.tree.size} lines, on {when(paper)}"


def when(paper: Paper) -> str:
    """When it was made."""
    return f"{paper.checkpoint.at:%Y-%m-%d %H:%M} UTC"
