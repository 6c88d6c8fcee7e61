"""Calendar files (.ics): what is sent along where there is a date. Times are written with the zone of WITA."""

from dataclasses import dataclass
from datetime import UTC, datetime
from functools import lru_cache

from django.conf import settings
from icalendar import Calendar, Timezone, vCalAddress
from icalendar import Event as Component

from asnportal.common.dates import WITA

REQUEST, CANCEL = "REQUEST", "CANCEL"


@dataclass(frozen=True)
class Event:
    """One sitting. ``uid`` stays the same when its hours change; then ``sequence`` must rise."""

    uid: str
    starts_at: datetime
    ends_at: datetime
    title: str
    place: str = ""
    link: str = ""
    sequence: int = 0


def invitation(events: tuple[Event, ...]) -> str:
    """An .ics that puts the events into a calendar, or moves them there."""
    return _render(REQUEST, events) if events else ""


def cancellation(events: tuple[Event, ...]) -> str:
    """An .ics that takes the events out of a calendar."""
    return _render(CANCEL, events) if events else ""


def for_attendee(text: str, address: str) -> str:
    """The same calendar with the person it is sent to: without, mail programs do not offer to accept it."""
    calendar = Calendar.from_ical(text)
    for event in calendar.walk("VEVENT"):
        event.add("attendee", vCalAddress(f"mailto:{address}"))
    return str(calendar.to_ical().decode())


def method_of(text: str) -> str:
    return CANCEL if f"METHOD:{CANCEL}" in text else REQUEST


@lru_cache(maxsize=256)
def _render(method: str, events: tuple[Event, ...]) -> str:
    """Kept, because everybody in a session gets the same one and a seat is given under a lock."""
    calendar = Calendar()
    calendar.add("prodid", f"-//{settings.SITE_NAME}//ID")
    calendar.add("version", "2.0")
    calendar.add("method", method)
    calendar.add_component(_wita())
    for event in events:
        calendar.add_component(_component(event, method))
    return str(calendar.to_ical().decode())


def _wita() -> Timezone:
    """WITA never had summer time within living memory: one rule, from 1988 on, is the whole truth."""
    return Timezone.from_tzinfo(WITA, first_date=datetime(1988, 1, 1, tzinfo=UTC).date())


def _component(event: Event, method: str) -> Component:
    component = Component()
    component.add("uid", f"{event.uid}@{settings.SITE_URL.partition('://')[2].partition(':')[0]}")
    component.add("dtstamp", datetime.now(UTC))
    component.add("dtstart", event.starts_at.astimezone(WITA))
    component.add("dtend", event.ends_at.astimezone(WITA))
    component.add("summary", event.title)
    component.add("sequence", event.sequence + (method == CANCEL))
    component.add("status", "CANCELLED" if method == CANCEL else "CONFIRMED")
    component.add("organizer", vCalAddress(f"mailto:{_sender()}"))
    if event.place:
        component.add("location", event.place)
    if event.link:
        component.add("url", event.link)
    return component


def _sender() -> str:
    return str(settings.DEFAULT_FROM_EMAIL).rpartition("<")[2].rstrip(">")
