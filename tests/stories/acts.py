"""What people in the browser stories do, with the words they see on the page."""

from dataclasses import dataclass
from typing import Any

from tests.axe import barriers
from tests.screen import Screen
from tests.world import PASSPHRASE, Person


@dataclass
class Window:
    """One person's window; every page it shows is checked before anything is done on it."""

    screen: Screen
    page: Any

    def look(self) -> "Window":
        """The page shown now can be used by everybody, at the width of a phone as well."""
        assert self.page.title() == "Linden"
        if self.screen.scripts:
            assert barriers(self.page) == [], self.page.url
            self.page.set_viewport_size({"width": 320, "height": 640})
            wide = self.page.evaluate("document.documentElement.scrollWidth")
            assert wide <= 320, (self.page.url, wide)
            self.page.set_viewport_size({"width": 1280, "height": 900})
        return self

    def open(self, path: str) -> "Window":
        """Type an address."""
        self.page.goto(path)
        return self.look()

    def follow(self, words: str) -> "Window":
        """Follow the first link with these words."""
        self.page.get_by_role("link", name=words).first.click()
        self.page.wait_for_load_state()
        return self.look()

    def fill(self, **fields: str) -> "Window":
        """Type into fields, by their names."""
        for name, words in fields.items():
            self.page.fill(f'[name="{name}"]:not([type="hidden"])', words)
        return self

    def choose(self, **fields: str) -> "Window":
        """Choose from lists, by name and value."""
        for name, value in fields.items():
            self.page.select_option(f'select[name="{name}"]', value)
        return self

    def tick(self, name: str, *values: str) -> "Window":
        """Tick boxes or a radio button, by name and value."""
        for value in values:
            self.page.check(f'[name="{name}"][value="{value}"]')
        return self

    def press(self, words: str) -> "Window":
        """Press the button with these words and look at where it leads."""
        self.page.get_by_role("button", name=words, exact=True).click()
        self.page.wait_for_load_state()
        return self.look()

    def sees(self, *words: str) -> "Window":
        """These words are on the page."""
        text = self.page.inner_text("body")
        for each in words:
            assert each in text, (each, self.page.url, text)
        return self

    def sees_nothing_of(self, *words: str) -> "Window":
        """These words are nowhere on the page, not even hidden."""
        text = self.page.content()
        for each in words:
            assert each not in text, (each, self.page.url)
        return self

    def links(self) -> list[str]:
        """Where the links of the page lead."""
        found = self.page.query_selector_all("a[href]")
        return [str(link.get_attribute("href")) for link in found]

    @property
    def path(self) -> str:
        """The address shown."""
        return "/" + str(self.page.url).split("/", 3)[3]


def sign_in(screen: Screen, person: Person) -> Window:
    """Open a window and sign in with e-mail and passphrase."""
    window = Window(screen, screen.window())
    window.open("/").fill(email=person.email, passphrase=PASSPHRASE)
    return window.press("Sign in").sees(person.name)
