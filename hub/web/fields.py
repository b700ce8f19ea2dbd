"""What a request carries, read strictly: one encoding, bounded, nothing guessed."""

from urllib.parse import parse_qsl

from starlette.requests import ClientDisconnect, Request

from hub.core.errors import BadRequest, ForeignRequest, TooLarge
from hub.core.language import lazy

MOST_BYTES = 8 * 1024 * 1024
"""Of a form from somebody signed in: far too long a text still comes back to be shortened."""
MOST_BYTES_OF_ANYBODY = 64 * 1024
MOST_FIELDS = 1000
FORM = "application/x-www-form-urlencoded"

Fields = dict[str, list[str]]

UNREADABLE = lazy("The browser sent something that cannot be read. Go back and send it again.")


def parsed(encoded: bytes) -> Fields:
    """The fields of a query string or a form body, each with all its values.

    Raises:
        BadRequest: not ASCII, not UTF-8 inside, or more fields than any form of ours has.
    """
    try:
        pairs = parse_qsl(
            encoded.decode("ascii"),
            keep_blank_values=True,
            encoding="utf-8",
            errors="strict",
            max_num_fields=MOST_FIELDS,
        )
    except ValueError as unreadable:
        raise BadRequest(UNREADABLE) from unreadable
    fields: Fields = {}
    for name, value in pairs:
        fields.setdefault(name, []).append(value)
    return fields


async def read_form(request: Request, most: int) -> bytes:
    """The encoded fields of a POST, of at most so many bytes.

    Raises:
        BadRequest: another encoding than a form's, or a body that cannot be read.
        TooLarge: more than `most`.
    """
    kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if kind not in {FORM, ""}:
        raise BadRequest(UNREADABLE)
    body = bytearray()
    try:
        async for chunk in request.stream():
            body += chunk
            if len(body) > most:
                raise TooLarge
    except ClientDisconnect as gone:
        raise BadRequest(UNREADABLE) from gone
    return bytes(body)


def refuse_foreign(request: Request, origin: str) -> None:
    """Raise ForeignRequest unless a page of ours sent this change.

    Source: OWASP cross-site request forgery prevention, fetch metadata with origin as fallback.
    """
    site = request.headers.get("sec-fetch-site")
    if site is not None:
        if site != "same-origin":
            raise ForeignRequest
    elif request.headers.get("origin") != origin:
        raise ForeignRequest
