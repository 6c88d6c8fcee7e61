"""Why can I not join? One ordered list: it draws the button, guards the service and guards promotion.

The people's sentences are here and nowhere else (TRUST B81). Facts come from queries/eligibility.py.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from asnportal.common.dates import format_date, format_moment, format_short_date, format_time
from asnportal.common.errors import Refusal
from asnportal.common.legal_status import bars_learning, note_on
from asnportal.common.rank import order_of
from asnportal.people.models import Employee, Position
from training.models import EnrolmentStatus, Programme, SessionStatus
from training.queries.eligibility import Clash, Facts, Sitting


class NotEligible(Refusal):
    """Somebody may not join; ``code`` is the condition that is not met."""


@dataclass(frozen=True)
class Condition:
    """``broken`` gives the sentence that people read where the button would be, '' when the condition is met.

    ``at_promotion``: looked at again when a seat is given, because it may have changed since the request.
    ``waivable``: an officer who gives a seat by hand may pass over it, with a reason.
    ``window``: only for the person's own tap; an officer may still enrol somebody afterwards.
    """

    code: str
    broken: Callable[[Facts], str]
    at_promotion: bool = True
    waivable: bool = False
    window: bool = False


def not_published(facts: Facts) -> str:
    match facts.session.status:
        case SessionStatus.PUBLISHED:
            return ""
        case SessionStatus.CANCELLED:
            return "Jadwal ini dibatalkan."
        case SessionStatus.FINISHED:
            return "Jadwal ini sudah selesai."
    return "Pendaftaran jadwal ini belum dibuka."


def taken_part_already(facts: Facts) -> str:
    if facts.own is None:
        return ""
    match facts.own.status:
        case EnrolmentStatus.REQUESTED:
            return f"{facts.you} sudah mengajukan pendaftaran untuk jadwal ini."
        case EnrolmentStatus.WAITING:
            return f"{facts.you} sudah di daftar tunggu jadwal ini."
    return f"{facts.you} sudah terdaftar di jadwal ini."


def begun(facts: Facts) -> str:
    return f"Pelatihan ini sudah dimulai pada {format_date(facts.session.start)}." if facts.has_begun else ""


def not_yet_open(facts: Facts) -> str:
    opens = facts.session.registration_opens
    return f"Pendaftaran dibuka {format_moment(opens)}." if opens and facts.now < opens else ""


def closed(facts: Facts) -> str:
    if facts.now < facts.session.registration_ends:
        return ""
    return f"Pendaftaran sudah ditutup pada {format_moment(facts.session.registration_closes)}."


def inactive(facts: Facts) -> str:
    if facts.employee.is_active:
        return ""
    return f"Data kepegawaian {facts.you} tercatat tidak aktif. Hubungi admin unit bila itu keliru."


def legally_barred(facts: Facts) -> str:
    status = facts.employee.legal_status
    if not bars_learning(status):
        return ""
    return f"Kedudukan hukum {facts.you} tercatat “{status}”, jadi belum dapat mengikuti pelatihan."


def other_kind(facts: Facts) -> str:
    kinds = facts.session.programme.eligible_kinds
    if not kinds or facts.employee.kind in kinds:
        return ""
    return f"Pelatihan ini untuk {words_of_kinds(kinds)}."


def other_group(facts: Facts) -> str:
    groups = facts.session.programme.eligible_groups
    position = facts.employee.position if groups else None
    if not groups or (position and position.group in groups):
        return ""
    unknown = "" if position else f" Jabatan {facts.you} belum tercatat; hubungi admin unit bila itu keliru."
    return f"Pelatihan ini untuk {words_of_groups(groups)}.{unknown}"


def rank_too_low(facts: Facts) -> str:
    """Each scale has its own lowest rank; the two are never compared (DOMAIN 2.4)."""
    programme, person = facts.session.programme, facts.employee
    lowest = programme.min_rank_pppk_id if person.is_pppk else programme.min_rank_id
    if not lowest or (person.rank_id and order_of(person.rank_id) >= order_of(lowest)):
        return ""
    unknown = (
        "" if person.rank_id else f" Golongan {facts.you} belum tercatat; hubungi admin unit bila itu keliru."
    )
    return f"Pelatihan ini untuk golongan {lowest} ke atas.{unknown}"


def certain_clash(facts: Facts) -> str:
    clash = next((c for c in facts.clashes if c.is_certain), None)
    return clash_sentence(clash, facts) if clash else ""


CONDITIONS = (
    Condition("status", not_published),
    Condition("own", taken_part_already, at_promotion=False),
    Condition("not_yet_open", not_yet_open, at_promotion=False, window=True),
    Condition("closed", closed, at_promotion=False, window=True),
    Condition("begun", begun),
    Condition("inactive", inactive),
    Condition("legal_status", legally_barred, waivable=True),
    Condition("kind", other_kind, waivable=True),
    Condition("group", other_group, waivable=True),
    Condition("rank", rank_too_low, waivable=True),
    Condition("clash", certain_clash),
)


def check(facts: Facts) -> None:
    """Raise NotEligible with the first sentence that stands in the way of this person's own request."""
    _raise_first(facts, CONDITIONS)


def check_for_officer(facts: Facts) -> None:
    """As check, for an officer who enrols somebody: the registration window does not bind."""
    _raise_first(facts.about_somebody(), [c for c in CONDITIONS if not c.window])


def check_for_seat_by_hand(facts: Facts) -> None:
    """As check, for a waiting person whom an officer gives a seat with a reason."""
    _raise_first(facts.about_somebody(), [c for c in CONDITIONS if c.at_promotion and not c.waivable])


def in_the_way_of_a_seat(facts: Facts) -> str:
    """What keeps a waiting person from a free seat now; '' if nothing does."""
    return _first(facts, [c for c in CONDITIONS if c.at_promotion])[1]


def refusal_of(facts: Facts) -> tuple[str, str]:
    """Code and sentence of the first condition that is not met, ('', '') if this person may join."""
    return _first(facts, CONDITIONS)


def _first(facts: Facts, conditions: Sequence[Condition]) -> tuple[str, str]:
    for condition in conditions:
        if sentence := condition.broken(facts):
            return condition.code, sentence
    return "", ""


def _raise_first(facts: Facts, conditions: Sequence[Condition]) -> None:
    code, sentence = _first(facts, conditions)
    if sentence:
        raise NotEligible(sentence, code=code)


def warnings_of(facts: Facts) -> list[str]:
    """What the person and the approver should know; nothing here refuses."""
    found = [clash_words(clash, facts) for clash in facts.clashes if not clash.is_certain]
    if note := note_on(facts.employee.legal_status):
        found.append(note)
    done = next((c for c in facts.others if _is_same_done(c.programme_id, c.status, facts)), None)
    if done:
        found.append(f"Pelatihan yang sama sudah diselesaikan pada {format_short_date(done.end)}.")
    return found


def blocking_words(facts: Facts) -> list[str]:
    """For whoever decides: first what would keep the person from the seat now, then the warnings."""
    blocked = in_the_way_of_a_seat(facts)
    return [*([blocked] if blocked else []), *warnings_of(facts)]


def _is_same_done(programme: int, status: str, facts: Facts) -> bool:
    return programme == facts.session.programme_id and status == EnrolmentStatus.COMPLETED


STATE_OF_OTHER = {
    EnrolmentStatus.CONFIRMED.value: "tempat {you} sudah terdaftar",
    EnrolmentStatus.REQUESTED.value: "yang masih menunggu persetujuan",
    EnrolmentStatus.WAITING.value: "tempat {you} di daftar tunggu",
}


def clash_sentence(clash: Clash, facts: Facts) -> str:
    """Both sessions with the hours that overlap (TRUST B81)."""
    wanted = facts.session.programme.title
    return f"{clash_words(clash, facts)} {wanted} berlangsung {hours_of(clash.mine)}."


def clash_words(clash: Clash, facts: Facts) -> str:
    """The other session alone, for pages that show this one's hours beside it."""
    state = STATE_OF_OTHER[clash.with_.status].format(you=facts.you)
    return f"Bentrok dengan {clash.with_.title}, {hours_of(clash.other)}, {state}."


def words_of_kinds(kinds: Sequence[str]) -> str:
    return listed([str(Employee.Kind(kind).label) for kind in kinds if kind in Employee.Kind.values])


def words_of_groups(groups: Sequence[str]) -> str:
    return "jabatan " + listed([str(group.label) for group in Position.Group if group in groups])


def requirements_of(programme: Programme) -> list[str]:
    """The conditions that bind, as the pages of a programme and a session name them; empty for everybody."""
    kinds, groups = programme.eligible_kinds, programme.eligible_groups
    found = [words_of_kinds(kinds)] if kinds else []
    found += [words_of_groups(groups)] if groups else []
    ranks = ((programme.min_rank_id, "PNS"), (programme.min_rank_pppk_id, "PPPK"))
    return found + [f"golongan {lowest} ke atas ({scale})" for lowest, scale in ranks if lowest]


def hours_of(sitting: Sitting) -> str:
    """20 Okt 2026 pukul 08.00–12.00 WITA."""
    starts = format_time(sitting.starts_at).removesuffix(" WITA")
    return f"{format_short_date(sitting.starts_at)} pukul {starts}–{format_time(sitting.ends_at)}"


def listed(words: list[str]) -> str:
    """A, B, dan C."""
    if len(words) < 3:
        return " dan ".join(words)
    return f"{', '.join(words[:-1])}, dan {words[-1]}"
