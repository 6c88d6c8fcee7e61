"""A cheap phone on a slow line in front of the real web server: what it fetches, and when a page can be read."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from playwright.sync_api import Browser, BrowserContext, Page

CPU_SLOWDOWN, KBIT_PER_SECOND, LATENCY = 4, 400, 300  # times; kbit/s both ways; ms before an answer begins

# Kept across pages: when the finger came down. Of each page: when its h1 and its largest text were painted.
WATCH = """
addEventListener('click', () => sessionStorage.setItem('tap', performance.timeOrigin + performance.now()), true);
new MutationObserver((_, seen) => {
  const h1 = document.querySelector('h1');
  if (h1) { h1.setAttribute('elementtiming', 'h1'); seen.disconnect(); }
}).observe(document, {childList: true, subtree: true});
window.painted = {h1: 0, largest: 0};
new PerformanceObserver((list) => { for (const e of list.getEntries()) painted.h1 = e.renderTime; })
  .observe({type: 'element', buffered: true});
new PerformanceObserver((list) => { for (const e of list.getEntries()) painted.largest = e.startTime; })
  .observe({type: 'largest-contentful-paint', buffered: true});
"""
READ = """() => ({
  began: performance.timeOrigin,
  tap: Number(sessionStorage.getItem('tap')),
  h1: painted.h1,
  largest: painted.largest,
  blocking: performance.getEntriesByType('resource')
    .filter((e) => e.renderBlockingStatus === 'blocking').map((e) => new URL(e.name).pathname),
  // the one beside it lies on the device already
  fonts: [...document.fonts].filter((f) => f.family.replaceAll('"', '') === 'Jakarta').map((f) => f.display),
})"""


@dataclass
class Fetched:
    """One answer that crossed the line. ``size`` in bytes as sent, headers included."""

    path: str
    kind: str
    headers: dict[str, str]
    size: int = 0


@dataclass
class Screen:
    """One page as the person sees it; times in ms after the tap that led here."""

    title: str
    path: str
    h1: float
    largest: float
    blocking: list[str]
    fonts: list[str]
    fetched: list[Fetched] = field(default_factory=list)

    def sent(self, kind: str = "") -> int:
        return sum(one.size for one in self.fetched if kind in ("", one.kind))


class Phone:
    """390 px, slow processor, slow line. Every tap goes through ``tap`` and is counted."""

    def __init__(self, browser: Browser, site: str) -> None:
        self.context: BrowserContext = browser.new_context(
            viewport={"width": 390, "height": 844}, is_mobile=True, has_touch=True, locale="id-ID"
        )
        self.context.add_init_script(WATCH)
        self.site = site
        self.page: Page = self.context.new_page()
        self.screens: list[Screen] = []
        self.taps = 0
        self._line: dict[str, Fetched] = {}
        self._slow_down()

    def _slow_down(self) -> None:
        wire = self.context.new_cdp_session(self.page)
        wire.send("Network.enable")
        wire.on("Network.responseReceived", self._answered)
        wire.on("Network.loadingFinished", self._finished)
        speed = KBIT_PER_SECOND * 1000 / 8
        line = {"offline": False, "latency": LATENCY, "downloadThroughput": speed, "uploadThroughput": speed}
        wire.send("Network.emulateNetworkConditions", line)
        wire.send("Emulation.setCPUThrottlingRate", {"rate": CPU_SLOWDOWN})

    def _answered(self, event: dict[str, Any]) -> None:
        answer = event["response"]
        if answer.get("fromDiskCache") or not answer["url"].startswith("http"):
            return
        headers = {name.lower(): value for name, value in answer["headers"].items()}
        path = answer["url"].removeprefix(self.site).partition("?")[0]
        self._line[event["requestId"]] = Fetched(path, event["type"], headers)

    def _finished(self, event: dict[str, Any]) -> None:
        if one := self._line.get(event["requestId"]):
            one.size = int(event["encodedDataLength"])

    def open(self, address: str) -> Screen:
        """The first page, by scanning the code: no tap of ours."""
        return self._look(lambda: self.page.goto(address), began_by_tap=False)

    def tap(self, name: str, *, role: str = "button", inside: str = "body") -> Screen:
        """Tap what is called so, of which there is exactly one in sight, and look at the page it leads to."""
        self.taps += 1
        target = self.page.locator(inside).get_by_role(role, name=name, exact=True)
        return self._look(target.tap, began_by_tap=True)

    def _look(self, act: Callable[[], object], *, began_by_tap: bool) -> Screen:
        self._line.clear()
        here = self.page.url
        act()
        self.page.wait_for_url(lambda url: url != here)
        self.page.wait_for_load_state("networkidle")
        self.page.wait_for_function("painted.h1 > 0")
        seen = self.page.evaluate(READ)
        since = seen["began"] - seen["tap"] if began_by_tap else 0
        screen = Screen(
            title=self.page.title().removesuffix(" - Tepian Belajar"),
            path=self.page.url.removeprefix(self.site).partition("?")[0],
            h1=since + seen["h1"],
            largest=since + seen["largest"],
            blocking=seen["blocking"],
            fonts=seen["fonts"],
            fetched=[one for one in self._line.values() if one.size],  # the rest was in memory
        )
        self.screens.append(screen)
        return screen
