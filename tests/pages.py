"""Forms of a page as a browser without JavaScript sends them: what stands in the fields, and the button pressed."""

from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import Any
from urllib.parse import urljoin

from django.test import Client, TestCase

Fields = dict[str, list[Any]]


@dataclass
class Button:
    words: str = ""
    name: str = ""
    value: str = ""
    action: str | None = None


@dataclass
class PageForm:
    action: str = ""
    fields: Fields = field(default_factory=dict)
    buttons: list[Button] = field(default_factory=list)

    def add(self, name: str | None, value: str | None) -> None:
        if name:
            self.fields.setdefault(name, []).append(value or "")


class _Parser(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.forms: list[PageForm] = []
        self.form: PageForm | None = None
        self.select: tuple[str | None, list[str], list[str]] | None = None  # name, chosen, all
        self.text: list[str] | None = None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        told = dict(attrs)
        if tag == "form":
            self.form = PageForm(told.get("action") or "")
            self.forms.append(self.form)
        elif self.form is not None:
            self._control(tag, told, self.form)

    def _control(self, tag: str, told: dict[str, str | None], form: PageForm) -> None:
        kind = told.get("type") or ("submit" if tag == "button" else "text")
        if tag == "button" and kind == "submit":
            form.buttons.append(
                Button("", told.get("name") or "", told.get("value") or "", told.get("formaction"))
            )
            self.text = []
        elif tag == "input" and kind in ("radio", "checkbox"):
            if "checked" in told:
                form.add(told.get("name"), told.get("value") or "on")
        elif tag == "input" and kind != "file":
            form.add(told.get("name"), told.get("value"))
        elif tag == "select":
            self.select = (told.get("name"), [], [])
        elif tag == "option" and self.select:
            self.select[2].append(told.get("value") or "")
            if "selected" in told:
                self.select[1].append(told.get("value") or "")
        elif tag == "textarea":
            self.select, self.text = (told.get("name"), [], []), []

    def handle_data(self, data: str) -> None:
        if self.text is not None:
            self.text.append(data)

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self.form = None
        elif self.form is None:
            return
        elif tag == "button" and self.text is not None:
            self.form.buttons[-1].words = " ".join("".join(self.text).split())
            self.text = None
        elif tag == "select" and self.select:
            name, chosen, everything = self.select
            self.form.add(name, (chosen or everything or [""])[-1])
            self.select = None
        elif tag == "textarea" and self.select and self.text is not None:
            self.form.add(self.select[0], "".join(self.text).removeprefix("\n"))
            self.select = self.text = None


def forms_of(answer: Any) -> list[PageForm]:
    parser = _Parser()
    parser.feed(answer.content.decode())
    return parser.forms


@dataclass
class Browser:
    """One person's browser; ``answer`` is the page that is open. What waits for a commit happens after each request."""

    client: Client
    answer: Any = None

    def open(self, address: str) -> "Browser":
        with TestCase.captureOnCommitCallbacks(execute=True):
            self.answer = self.client.get(address, follow=True)
        return self

    def press(self, words: str, **changes: Any) -> "Browser":
        """Press the button whose words begin so, with the fields as they stand; ``None`` empties a field."""
        form, button = self._button(words)
        sent: dict[str, Any] = dict(form.fields)
        if button.name:
            sent[button.name] = button.value
        sent.update(changes)
        sent = {name: value for name, value in sent.items() if value is not None}
        target = urljoin(self.path, button.action or form.action or self.path)
        with TestCase.captureOnCommitCallbacks(execute=True):
            self.answer = self.client.post(target, sent, follow=True)
        return self

    @property
    def path(self) -> str:
        return str(self.answer.request["PATH_INFO"])

    @property
    def status(self) -> int:
        return int(self.answer.status_code)

    @property
    def text(self) -> str:
        """The words of the page, tags left out, with single spaces."""
        words = _Words()
        words.feed(self.answer.content.decode())
        return " ".join("".join(words.found).split())

    @property
    def buttons(self) -> list[str]:
        return [button.words for form in forms_of(self.answer) for button in form.buttons]

    def field(self, name: str) -> list[Any]:
        """What stands in the fields of this name."""
        return [value for form in forms_of(self.answer) for value in form.fields.get(name, [])]

    def _button(self, words: str) -> tuple[PageForm, Button]:
        for form in forms_of(self.answer):
            for button in form.buttons:
                if button.words.startswith(words):
                    return form, button
        raise AssertionError(f"no button {words!r} among {self.buttons} at {self.path} ({self.status})")


class _Words(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []
        self.quiet = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.quiet += tag in ("script", "style", "head")
        if tag not in ("b", "span", "a", "i", "em", "strong", "small"):
            self.found.append(" ")

    def handle_endtag(self, tag: str) -> None:
        self.quiet -= tag in ("script", "style", "head")
        self.found.append(" " if tag not in ("b", "span", "a", "i", "em", "strong") else "")

    def handle_data(self, data: str) -> None:
        if not self.quiet:
            self.found.append(data)
