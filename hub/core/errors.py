"""Refusals: what a person at the screen is told when a thing cannot be done."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import ClassVar

from hub.core.language import _, lazy


class HubError(Exception):
    """Something the person at the screen can understand and act on."""

    status: ClassVar[int] = 400
    title: ClassVar[object] = lazy("That could not be done")

    def __init__(self, advice: object) -> None:
        super().__init__(advice)
        self.advice = advice


class NothingHere(HubError):
    """The thing does not exist, or this viewer may not know that it does: one answer for both."""

    status = 404
    title = lazy("Nothing here")

    def __init__(self) -> None:
        super().__init__(lazy("There is nothing at this address that you can see."))


class StepRefused(HubError):
    """The state table, or a guard of it, does not allow this step now."""

    status = 409
    title = lazy("That step is not open now")


class Changed(HubError):
    """Somebody else changed the thing between this person's opening it and acting on it."""

    status = 409
    title = lazy("It has changed since you opened it")

    def __init__(self) -> None:
        super().__init__(
            lazy(
                "It has changed since you opened it. Read it again below; "
                "what you typed is still here."
            )
        )


class FormRefused(HubError):
    """A form with mistakes in it: one sentence per field that says what to do.

    Args:
        errors: field name to sentence; "" names the form as a whole.
    """

    status = 422
    title = lazy("There is a problem")

    def __init__(self, errors: Mapping[str, str]) -> None:
        super().__init__(_("Look at the marked answers and send the form again."))
        self.errors: Mapping[str, str] = MappingProxyType(dict(errors))


class BadRequest(HubError):
    """A request that no page of ours sends."""


class TooLarge(HubError):
    """More was sent than any form of ours asks for."""

    status = 413
    title = lazy("That is too much at once")

    def __init__(self) -> None:
        super().__init__(
            lazy("That is more than one form can hold. Shorten the text and send it again.")
        )


class ForeignRequest(HubError):
    """A change that did not come from a page of ours in this session."""

    status = 403
    title = lazy("That did not come from this page")

    def __init__(self) -> None:
        super().__init__(
            lazy("Open the page again from the menu and repeat what you did. Nothing was changed.")
        )


class TooMany(HubError):
    """Tried too often in a short time."""

    status = 429
    title = lazy("Too many tries")
    wait = lazy("Wait fifteen minutes, then try again.")

    def __init__(self) -> None:
        super().__init__(self.wait)


class TooManyToday(TooMany):
    """Tried too often in a day."""

    wait = lazy("Wait until tomorrow, then try again.")


class Busy(HubError):
    """Somebody else was saving something for so long that this could not begin."""

    status = 503
    title = lazy("Somebody else is saving something")

    def __init__(self) -> None:
        super().__init__(lazy("Nothing was changed. Wait a moment, then try again."))


class SealBroken(RuntimeError):
    """Code tried to pass round the one door: a bug, never advice to a worker."""
