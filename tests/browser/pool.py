"""Pool of browser pages that tests reuse: a page that has been loaded before costs a quarter of a new one.

A page is kept for each set of context options. Its renderer process, compiled scripts and HTTP cache stay.
What a test leaves on it (document, history, storage, listeners, routes, network, size, pointer) is reset.
What cannot be reset, such as init scripts, is refused, and needs ``@pytest.mark.fresh_context``.
"""

from collections.abc import Callable
from typing import Any, NoReturn

from playwright.sync_api import BrowserContext, CDPSession, Page

MEDIA = {"color_scheme": "light", "reduced_motion": "no-preference"}  # these two are Playwright's own
SIZE = {"width": 1280, "height": 720}
PLAIN = "/healthz"  # of the same site, so that the renderer process stays
REFUSED = {
    Page: (
        *("once", "route_web_socket", "add_init_script", "expose_function", "expose_binding"),
        *("set_extra_http_headers", "set_default_timeout", "close"),
    ),
    BrowserContext: (
        *("on", "once", "route", "add_init_script", "expose_function", "expose_binding"),
        *("add_cookies", "grant_permissions", "set_extra_http_headers", "set_geolocation", "close"),
    ),
}


class Kept:
    """A page that is reused, and how it is reset."""

    def __init__(self, context: BrowserContext) -> None:
        self.context = context
        self.page = context.new_page()
        self.session: CDPSession = context.new_cdp_session(self.page)
        self._close = context.close
        self._listeners: list[tuple[str, Callable[..., Any]]] = []
        self._on = self.page.on
        self.page.on = self.on  # type: ignore[method-assign]
        self._route, self._routed = self.page.route, False
        self.page.route = self.route  # type: ignore[method-assign]
        self._set_offline, self._is_offline = context.set_offline, False
        context.set_offline = self.set_offline  # type: ignore[method-assign]
        for kind, target in ((Page, self.page), (BrowserContext, context)):
            for name in REFUSED[kind]:
                setattr(target, name, refuse(f"{kind.__name__}.{name}"))

    def on(self, event: str, listener: Callable[..., Any]) -> None:
        self._listeners.append((event, listener))
        self._on(event, listener)  # type: ignore[call-overload]

    def route(self, *arguments: Any, **options: Any) -> None:
        self._routed = True
        self._route(*arguments, **options)

    def set_offline(self, offline: bool) -> None:
        if offline:  # what another test has fetched would still be answered
            self.session.send("Network.clearBrowserCache")
        self._is_offline = offline
        self._set_offline(offline)

    def close(self) -> None:
        self._close()

    def reset(self) -> None:
        """Make it like a new page, except for its process and cache."""
        while self._listeners:
            self.page.remove_listener(*self._listeners.pop())
        if self._routed:
            self.page.unroute_all(behavior="ignoreErrors")
            self._routed = False
        if self._is_offline:
            self.set_offline(False)
        for other in self.context.pages:
            if other != self.page:
                other.close()
        self.page.mouse.move(-1, -1)
        self.page.goto(PLAIN)
        self.page.evaluate("() => { localStorage.clear(); sessionStorage.clear(); }")
        self.session.send("Page.resetNavigationHistory")

    def prepare(self, size: dict[str, int], media: dict[str, str]) -> None:
        if self.page.viewport_size != size:
            self.page.set_viewport_size(size)
        self.page.emulate_media(**(MEDIA | media))  # type: ignore[arg-type]


class Pool:
    """Pages by the options of their contexts."""

    def __init__(self, new_context: Callable[..., BrowserContext]) -> None:
        self._new_context = new_context
        self._waiting: dict[tuple[tuple[str, Any], ...], list[Kept]] = {}
        self._lent: list[tuple[tuple[tuple[str, Any], ...], Kept]] = []

    def lend(self, options: dict[str, Any]) -> Page:
        """Give a page in a context with these options; size and media features are set on the page itself."""
        size = options.pop("viewport", SIZE)
        media = {name: options.pop(name) for name in MEDIA if name in options}
        key = tuple(sorted(options.items()))
        waiting = self._waiting.setdefault(key, [])
        kept = waiting.pop() if waiting else Kept(self._new_context(**options))
        self._lent.append((key, kept))
        kept.prepare(size, media)
        return kept.page

    def take_back(self, *, spoiled: bool) -> None:
        """Reset all pages that were lent, or close them where the test has failed."""
        while self._lent:
            key, kept = self._lent.pop()
            if spoiled:
                kept.close()
            else:
                kept.reset()
                self._waiting[key].append(kept)

    def close(self) -> None:
        for waiting in self._waiting.values():
            while waiting:
                waiting.pop().close()


def refuse(name: str) -> Callable[..., NoReturn]:
    def refused(*_: object, **__: object) -> NoReturn:
        raise AssertionError(f"{name} would outlast the test: mark it with @pytest.mark.fresh_context.")

    return refused
