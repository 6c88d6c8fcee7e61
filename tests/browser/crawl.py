"""Every page that a person reaches by links, found without a browser; and every link that leads nowhere."""

import re
from collections import defaultdict, deque
from collections.abc import Iterator
from dataclasses import dataclass, field
from html import unescape

from django.http import HttpResponse
from django.test import Client
from django.urls import Resolver404, resolve

LINK = re.compile(r"""(?:href|hx-get)="([^"#]+)(?:#[^"]*)?\"""")
LEFT_OUT = ("/static/", "/admin/", "/keluar/")
KINDS = ("tab", "isi", "langkah")  # words of a query that make another page of it


@dataclass
class Crawl:
    """``pages``: addresses by the name of their page; ``texts``: what they answered; ``refusals``: what did not."""

    client: Client
    per_name: int = 5
    pages: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))
    texts: dict[str, str] = field(default_factory=dict)
    refusals: list[str] = field(default_factory=list)

    def walk(self, *starts: str) -> "Crawl":
        todo = deque((start, "start") for start in starts)
        tried: dict[str, int] = defaultdict(int)
        seen: set[str] = set()
        while todo:
            url, source = todo.popleft()
            name = name_of(url)
            if url in seen or not name or tried[name] >= self.per_name:
                continue
            seen.add(url)
            tried[name] += 1
            todo.extend((link, url) for link in self.open(url, source) if keeps(name, link))
        return self

    def open(self, url: str, source: str) -> list[str]:
        """Note one address and answer with its links; none of what is no page (a file, another address)."""
        answer = self.client.get(url)
        if answer.status_code >= 400:
            self.refusals.append(f"{answer.status_code} {url} (on {source})")
        links = []
        if answer.status_code == 200 and is_page(answer):
            self.pages[name_of(url)].append(url)
            self.texts[url] = answer.content.decode()
            links = list(links_of(answer, url))
        answer.close()
        return links


def keeps(name: str, link: str) -> bool:
    """Letters of other people have links for those people."""
    return not name.startswith("mailbox") or name_of(link).startswith("mailbox")


def name_of(url: str) -> str:
    """``session_list``, or ``approval_list?tab=riwayat``; "" for what is no page of the portal."""
    path, _, query = url.partition("?")
    if not path.startswith("/") or path.startswith(LEFT_OUT):
        return ""
    try:
        name = resolve(path).view_name
    except Resolver404:
        return f"nowhere {path}"
    words = [part for part in query.split("&") if part.partition("=")[0] in KINDS]
    return f"{name}?{'&'.join(words)}" if words else name


def links_of(answer: HttpResponse, url: str) -> Iterator[str]:
    for found in LINK.findall(answer.content.decode()):
        link = unescape(found)
        yield f"{url.partition('?')[0]}{link}" if link.startswith("?") else link


def is_page(answer: HttpResponse) -> bool:
    return answer.headers.get("Content-Type", "").startswith("text/html") and not answer.streaming
