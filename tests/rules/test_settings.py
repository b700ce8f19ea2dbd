"""What a hub refuses to be set up with, in a sentence that names the variable to change."""

import pytest

from hub.settings import SettingsRefused, from_environment

FOLDERS = {"LINDEN_DATA": "/srv/linden", "LINDEN_ROOT_KEY_FILE": "/etc/linden/root.key"}


@pytest.mark.parametrize(
    "url",
    [
        "",
        "off",
        "smtp://mail:25",
        "smtp+starttls://who:what%40ever@mail.example.org:587",
        "smtps://mail.example.org",
    ],
)
def test_a_mail_server_it_can_reach_is_taken_as_it_is(url: str) -> None:
    assert from_environment(FOLDERS | {"LINDEN_SMTP_URL": url}).smtp_url == url


@pytest.mark.parametrize(
    "url", ["mail:25", "http://mail", "smtp:mail", "smtp://", "smtp://mail:x", "Off", "smtp//mail"]
)
def test_a_mail_server_it_could_never_reach_is_refused_at_once(url: str) -> None:
    with pytest.raises(SettingsRefused, match="LINDEN_SMTP_URL"):
        from_environment(FOLDERS | {"LINDEN_SMTP_URL": url})


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("LINDEN_TIME_ZONE", "Europe/Atlantis"),
        ("LINDEN_LANGUAGE", "xx"),
        ("LINDEN_LANGUAGE", "../en"),
        ("LINDEN_ADDRESS", "hub.example.org"),
        ("LINDEN_ADDRESS", "http://hub.example.org"),
        ("LINDEN_EXIT_ADDRESS", "javascript:alert(1)"),
        ("LINDEN_BIND", "0.0.0.0:8000"),
        ("LINDEN_BIND", "127.0.0.1"),
        ("LINDEN_ROOT_KEY_FILE", "/srv/linden/root.key"),
    ],
)
def test_a_setting_that_cannot_be_used_is_named_when_refused(name: str, value: str) -> None:
    with pytest.raises(SettingsRefused, match=name):
        from_environment(FOLDERS | {name: value})
