"""What hostile, half-typed and broken input looks like."""

from typing import Final
from urllib.parse import urlencode

TYPED: Final = {
    "two megabytes": "x" * 2_000_000,
    "more than fits": "x" * 6_000,
    "a NUL": "before\x00after",
    "an escape": "\x1b[31mred",
    "a direction override": "abc\u202e\u2066def",
    "marks over marks": "e" + "\u0301" * 1_000,
    "a letter of its own": "\ue000",
    "beyond the basic plane": "\U0001f469\u200d\u2696\ufe0f\U0010ffff",
    "the year 9999": "9999-12-31",
    "the last minute of all": "9999-12-31T23:59",
    "the year nothing": "0000-00-00",
    "five digits of a year": "10000-01-01",
    "a day that never was": "2030-02-30",
    "an hour that never was": "2030-01-01T25:61",
    "a moment with a zone": "2030-01-01T10:00+99:99",
    "a week": "2030-W01-1",
    "very many digits": "9" * 400,
    "a number below nothing": "-1",
    "not a number": "NaN",
    "infinity": "1e309",
    "digits of another script": "\u0663\u0664\u00b2",
    "an id of nobody": "a" * 26,
    "a very long id": "a" * 3_000,
    "markup": "<script>alert(1)</script>\"'</textarea>",
    "a template": "{{ 7*7 }}{% include 'layout.html' %}",
    "a statement": "'; DROP TABLE person; --",
    "a format": "%s%n{0}{self.__class__}",
    "another header": "x\r\nSet-Cookie: s=1\r\n\r\nbody",
    "another path": "../../../../etc/passwd",
    "an address": "javascript:alert(1)//https://elsewhere.example",
    "nothing": "",
    "only spaces": " \u00a0\t ",
    "a comma list": ",".join(["ar"] * 5_000),
    "a pattern": "(a+)+$" + "a" * 4_000,
}
"""Put into every field a person can type into, or into every field there is."""

FORM: Final = "application/x-www-form-urlencoded"


def broken(fields: list[tuple[str, str]]) -> dict[str, tuple[bytes, str]]:
    """Bodies that no browser sends, made of a form's own fields; each with its content type."""
    plain = urlencode(fields)
    names = [name for name, _value in fields] or ["x"]
    return {
        "every field twice": (urlencode(fields + fields).encode(), FORM),
        "every field with brackets": (urlencode([(f"{n}[]", v) for n, v in fields]).encode(), FORM),
        "not UTF-8": (plain.encode() + b"".join(f"&{n}=%FF%FE".encode() for n in names), FORM),
        "half a character": (plain.encode() + f"&{names[-1]}=%ED%A0%80".encode(), FORM),
        "raw bytes": (plain.encode() + b"&\xff\xfe=\x00", FORM),
        "half an escape": (plain.encode() + b"&x=%", FORM),
        "semicolons": (plain.replace("&", ";").encode(), FORM),
        "ten thousand fields": (plain.encode() + b"&a=1" * 10_000, FORM),
        "ten megabytes": (plain.encode() + b"&a=" + b"x" * 10_000_000, FORM),
        "nothing at all": (b"", FORM),
        "JSON": (b'{"csrf": ["' + b"[" * 1_000, "application/json"),
        "parts without a boundary": (plain.encode(), "multipart/form-data"),
        "parts cut short": (b"--x\r\nContent-Disp", "multipart/form-data; boundary=x"),
        "plain text": (plain.encode(), "text/plain"),
        "an unheard-of type": (plain.encode(), "\x00/\xff"),
    }
