"""The headers every answer carries, whoever made it."""

from typing import Final

from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from hub.web.places import STATIC_ADDRESS

ALWAYS: Final = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cross-Origin-Embedder-Policy": "require-corp",
    "Permissions-Policy": (
        "accelerometer=(), camera=(), display-capture=(), geolocation=(), gyroscope=(), "
        "magnetometer=(), microphone=(), payment=(), usb=(), browsing-topics=()"
    ),
    "X-Robots-Tag": "noindex, nofollow, noarchive",
    "X-Frame-Options": "DENY",
}
NOTHING_ALLOWED: Final = "default-src 'none'; frame-ancestors 'none'; base-uri 'none'"
FOR_EVER: Final = "public, max-age=31536000, immutable"
TLS_ONLY: Final = "max-age=63072000; includeSubDomains"


class HeaderShell:
    """Adds the headers; a page's own content security policy stands, everything else gets none."""

    def __init__(self, app: ASGIApp, secure: bool) -> None:
        self.app = app
        self.secure = secure

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        built = scope["path"].startswith(f"{STATIC_ADDRESS}/")

        async def send_with(message: Message) -> None:
            if message["type"] == "http.response.start":
                self._dress(MutableHeaders(scope=message), built and message["status"] == 200)
            await send(message)

        await self.app(scope, receive, send_with)

    def _dress(self, headers: MutableHeaders, built: bool) -> None:
        for name, value in ALWAYS.items():
            headers[name] = value
        headers.setdefault("Content-Security-Policy", NOTHING_ALLOWED)
        headers["Cache-Control"] = FOR_EVER if built else "no-store"
        if not built:
            headers["Vary"] = "Cookie, Sec-Fetch-Site, Origin"
        if self.secure:
            headers["Strict-Transport-Security"] = TLS_ONLY
