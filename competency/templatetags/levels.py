"""{% load levels %}: levels of competencies drawn as bars of five cells and as a radar; numbers always stand beside."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from math import cos, pi, sin

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString

from competency.queries.need import people_words
from competency.queries.profile import Line

register = template.Library()
LEVELS = range(1, 6)
CELL = 101  # width with its space
CENTRE, RADIUS, LABELS = 150, 108, 128.5


@register.filter
def banyaknya(people: int, names: object) -> str:
    """How many people need something; no number under five for who reads no names."""
    return people_words(people, names=bool(names))


@register.filter
def bar(line: Line) -> SafeString:
    """The shapes of a bar. A page has dozens of them and there are only 36, so each is put together once."""
    return _shapes(line.held or 0, line.required or 0)


@lru_cache(maxsize=64)
def _shapes(held: int, required: int) -> SafeString:
    """Five cells, those held filled, those asked beyond dashed, and the mark of the standard."""
    parts = []
    for level in LEVELS:
        x = (level - 1) * CELL
        kind = "f" if level <= held else "t"
        parts.append(format_html('<rect class="{}" x="{}" y="6" width="96" height="12" rx="3"/>', kind, x))
        if held < level <= required:
            parts.append(format_html('<rect class="g" x="{}" y="7" width="92" height="10" rx="2"/>', x + 2))
    if required:
        x_mark = f"{required * CELL - 2.5:.1f}"
        parts.append(format_html('<line class="n" x1="{0}" x2="{0}" y1="0" y2="24"/>', x_mark))
    return SafeString("".join(parts))


@register.filter
def said(line: Line) -> str:
    """A bar in words, for those who do not see it."""
    held = "belum dinilai" if line.held is None else f"level {line.held}"
    asked = f" dari standar level {line.required}" if line.required else ""
    return f"{line.competency.name}: {held}{asked}"


@dataclass(frozen=True)
class Radar:
    """Points as SVG wants them. ``rings`` are the five levels, ``spokes`` one line per competency."""

    rings: Sequence[str]
    spokes: Sequence[tuple[str, str]]
    held: str
    asked: str
    dots: Sequence[tuple[str, str]]
    labels: Sequence[tuple[str, str, str, int]]


@register.simple_tag
def radar(lines: Sequence[Line]) -> Radar | None:
    """Of three competencies or more; fewer make no surface."""
    count = len(lines)
    if count < 3:
        return None
    tips = [_point(n, count, 5) for n in range(count)]
    held = [_point(n, count, line.held or 0) for n, line in enumerate(lines)]
    edge = [_at(n, count, LABELS) for n in range(count)]
    return Radar(
        rings=[_joined([_point(n, count, level) for n in range(count)]) for level in LEVELS],
        spokes=[(f"{x:.1f}", f"{y:.1f}") for x, y in tips],
        held=_joined(held),
        asked=_joined([_point(n, count, line.required or 0) for n, line in enumerate(lines)]),
        dots=[(f"{x:.1f}", f"{y:.1f}") for x, y in held],
        labels=[(f"{x:.1f}", f"{y:.1f}", f"{y + 5.2:.1f}", n) for n, (x, y) in enumerate(edge, start=1)],
    )


def _point(n: int, count: int, level: int) -> tuple[float, float]:
    return _at(n, count, RADIUS * level / 5)


def _at(n: int, count: int, distance: float) -> tuple[float, float]:
    angle = 2 * pi * n / count
    return CENTRE + distance * sin(angle), CENTRE - distance * cos(angle)


def _joined(points: Sequence[tuple[float, float]]) -> str:
    return " ".join(f"{x:.1f},{y:.1f}" for x, y in points)
