"""What stands in the menu, for whom, in which order (DESIGN.md 5, PRODUCT.md).

One declaration draws the sidebar, the tab bar of the phone, the page "Lainnya" and the account menu.
An entry shows only once its page exists: a name that no address has is left out, so nothing refuses.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import cache

from django.urls import NoReverseMatch, get_urlconf, reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from rules import has_perm

from asnportal.home.queries.waiting import Waiting, waiting_for
from asnportal.people.models import User
from asnportal.people.queries.employee import sees_masked

Text = str | Promise
NOTHING = Waiting()


@dataclass(frozen=True)
class Entry:
    """One line of the menu. ``tab`` is the short word for the phone's tab bar; ``waiting`` names the count of
    what waits for this person (queries/waiting.py); ``also`` are the beginnings of other addresses under it."""

    label: Text
    name: str
    icon: str = ""
    tab: Text = ""
    waiting: str = ""
    also: tuple[str, ...] = ()
    # filled for one request:
    url: str = ""
    count: int = 0
    current: bool = False

    @property
    def short(self) -> Text:
        return self.tab or self.label


@dataclass(frozen=True)
class Group:
    label: Text
    entries: tuple[Entry, ...]


@dataclass(frozen=True)
class Menu:
    groups: tuple[Group, ...] = ()
    tabs: tuple[Entry, ...] = ()
    account: tuple[Entry, ...] = ()
    search: Entry | None = None

    @property
    def rest(self) -> tuple[Group, ...]:
        """What the tab bar has no room for; the account's pages stand elsewhere."""
        taken = {entry.name for entry in (*self.tabs, *self.account)}
        groups = (
            replace(group, entries=tuple(e for e in group.entries if e.name not in taken))
            for group in self.groups
        )
        return tuple(group for group in groups if group.entries)


# Pages about one person, under the list in which the reader found that person.
PERSON = ("/pegawai/", "/kompetensi/pegawai/", "/kompetensi/permintaan/", "/rencana/pegawai/")
HELP = Entry(_("Bantuan"), "help", "circle-help")
LEARNING = (
    Entry(_("Beranda"), "home", "house", tab=_("Beranda")),
    Entry(_("Katalog"), "catalogue", "book-open", tab=_("Katalog")),
    Entry(_("Pelatihan saya"), "my_training", "graduation-cap", tab=_("Pelatihan")),
    Entry(
        _("Kompetensi saya"),
        "competency_profile",
        "target",
        tab=_("Kompetensi"),
        also=("/rencana/", "/saran/"),
    ),
)
LEDGER = Entry(_("Riwayat dan sertifikat"), "ledger", "award")
LEARNER = (Group("", LEARNING), Group(_("Lainnya"), (LEDGER, HELP)))
LEARNER_TOO = Group(_("Belajar"), (*LEARNING, LEDGER))
HELP_ONLY = Group(_("Lainnya"), (HELP,))
TEAM = Group(
    _("Tim saya"),
    (
        Entry(
            _("Persetujuan"),
            "approval_list",
            "clipboard-check",
            tab=_("Persetujuan"),
            waiting="approvals",
        ),
        Entry(_("Tim saya"), "team", "users", tab=_("Tim"), also=PERSON),
    ),
)
UNIT = Group(
    _("Unit saya"),
    (
        Entry(_("Ringkasan unit"), "unit_home", "building-2", tab=_("Ringkasan")),
        Entry(_("Usulan peserta"), "nomination_list", "send", tab=_("Usulan")),
        Entry(_("Pegawai unit"), "unit_people", "users", tab=_("Pegawai"), also=PERSON),
        Entry(_("Impor data"), "import_list", "upload"),
        Entry(_("Laporan unit"), "unit_report", "chart-column", tab=_("Laporan")),
    ),
)
ASSESSED = Entry(_("Pusat penilaian"), "centre_list", "clipboard-check")  # not for the technical admin
BKPSDM = (
    Group(
        "",
        (
            Entry(_("Ringkasan"), "home", "layout-dashboard", tab=_("Ringkasan")),
            Entry(
                _("Perlu tindak lanjut"),
                "todo",
                "list-checks",
                waiting="verifications",
                also=("/kelola/riwayat/",),
            ),
        ),
    ),
    Group(
        _("Penyelenggaraan"),
        (
            Entry(_("Rencana tahunan"), "city_plan", "calendar-plus"),
            Entry(_("Pelatihan"), "programme_list", "book-open"),
            Entry(_("Jadwal dan peserta"), "session_list", "calendar-days", tab=_("Jadwal")),
            Entry(_("Usulan mitra"), "proposal_list", "handshake", tab=_("Usulan"), waiting="proposals"),
            Entry(_("Sertifikat"), "certificate_list", "award"),
        ),
    ),
    Group(
        _("Data"),
        (
            Entry(_("Pegawai"), "employee_list", "users", tab=_("Pegawai"), also=PERSON),
            Entry(_("Unit"), "unit_list", "building-2"),
            Entry(_("Standar kompetensi"), "standard_list", "target"),
            ASSESSED,
            Entry(_("Impor data"), "import_list", "upload"),
            Entry(_("Laporan"), "report", "chart-column", tab=_("Laporan")),
        ),
    ),
    Group(
        _("Lainnya"),
        (
            Entry(_("Kotak surat"), "mailbox", "mail"),
            Entry(_("Akun dan peran"), "account_list", "user-check"),
            Entry(_("Pengaturan"), "settings", "settings"),
        ),
    ),
)
TECHNICAL = Group(_("Teknis"), (Entry(_("Admin Django"), "admin:index", "database"),))
LEADER = Group(
    "",
    (
        Entry(_("Ringkasan"), "home", "layout-dashboard", tab=_("Ringkasan")),
        Entry(_("Rencana tahunan"), "city_plan", "calendar-plus", tab=_("Rencana")),
        Entry(_("Laporan"), "report", "chart-column", tab=_("Laporan")),
    ),
)
AUDITOR = Group(
    "",
    (
        *LEADER.entries,
        Entry(_("Jejak audit"), "audit_trail", "history", tab=_("Jejak")),
        ASSESSED,
    ),
)
PARTNER = Group(
    "",
    (
        Entry(_("Ringkasan"), "home", "layout-dashboard", tab=_("Ringkasan")),
        Entry(_("Usulan"), "partner_proposal_list", "send", tab=_("Usulan")),
        Entry(_("Kegiatan"), "partner_session_list", "calendar-days", tab=_("Kegiatan")),
        Entry(_("Kerja sama"), "partner_agreement", "handshake", tab=_("Kerja sama")),
    ),
)
ACCOUNT = (
    Entry(_("Profil"), "profile", "user-round"),
    Entry(_("Data saya"), "my_data", "database"),
    Entry(_("Keamanan"), "account_change_password", "shield-check"),
    HELP,
)
MORE = Entry(_("Lainnya"), "more", "menu")
PUBLIC = (
    Entry(_("Beranda"), "landing"),
    Entry(_("Katalog"), "catalogue"),
    Entry(_("Cek sertifikat"), "verify"),
)


# Which words stand in the phone's tab bar, by the duty that comes first; others fill what is missing.
TABS = {
    "bkpsdm": ("home", "session_list", "proposal_list", "report"),
    "opd": ("unit_home", "nomination_list", "unit_people", "unit_report"),
    "team": ("home", "approval_list", "team", "my_training"),
}


def menu_for(user: User, *, path: str = "", waiting: Waiting | None = None) -> Menu:
    """The whole menu of one signed-in person; *path* says which entry is the current page."""
    leads, waiting = user.leads_people, waiting or waiting_for(user)
    groups = _mark_current(_living_groups(groups_for(user, leads=leads), waiting), path)
    first = "bkpsdm" if user.has_role("bkpsdm", "admin") else "opd" if user.has_role("opd") else "team"
    return Menu(
        groups=groups,
        tabs=_tabs(groups, TABS[first] if first != "team" or leads else (), path),
        account=tuple(_living(ACCOUNT)),
        search=next(_living(_searches(user)), None),
    )


def public_menu(path: str) -> tuple[Entry, ...]:
    """The three words above the public pages."""
    return tuple(replace(entry, current=entry.url == path) for entry in _living(PUBLIC))


def groups_for(user: User, *, leads: bool) -> list[Group]:
    """Work that others wait for comes first, one's own learning after it."""
    duties: list[Group] = []
    if user.has_role("bkpsdm"):
        duties += BKPSDM
    elif user.has_role("admin"):
        duties += [replace(one, entries=tuple(e for e in one.entries if e is not ASSESSED)) for one in BKPSDM]
    if user.has_role("admin"):
        duties.append(TECHNICAL)
    if user.has_role("pimpinan"):
        duties.append(LEADER)
    if user.has_role("auditor"):
        duties.append(AUDITOR)
    if user.has_role("mitra"):
        duties.append(PARTNER)
    if user.has_role("opd"):
        duties.append(UNIT)
    if leads:
        duties.append(TEAM)
    if not duties:
        return list(LEARNER)
    learning = [LEARNER_TOO] if user.employee_or_none else []
    return [*duties, *learning, HELP_ONLY]


def _searches(user: User) -> list[Entry]:
    """Where the box at the top leads: officers find people and sessions, everybody finds training."""
    what = _("Cari pegawai, jadwal, atau sertifikat")
    everything = Entry(
        what if sees_masked(user) else _("Cari pegawai, NIP, jadwal, atau sertifikat"), "search"
    )
    training = Entry(_("Cari pelatihan atau topik"), "catalogue")
    return [everything, training] if has_perm("people.search", user) else [training]


def _living(entries: Iterable[Entry], waiting: Waiting = NOTHING) -> Iterator[Entry]:
    """The entries that have a page, with their address and what waits there."""
    for entry in entries:
        url = address(entry.name, get_urlconf())
        if url:
            yield replace(entry, url=url, count=getattr(waiting, entry.waiting) if entry.waiting else 0)


@cache
def address(name: str, urlconf: str | None) -> str:
    """The address of a page, "" if there is no such page (yet); asked once, as it never changes."""
    try:
        return reverse(name, urlconf)
    except NoReverseMatch:
        return ""


def _living_groups(groups: list[Group], waiting: Waiting) -> list[Group]:
    """Groups with at least one page; an entry that two duties share stands in the first of them."""
    taken: set[str] = set()
    living = []
    for group in groups:
        entries = tuple(_living([entry for entry in group.entries if entry.name not in taken], waiting))
        taken.update(entry.name for entry in entries)
        living.append(replace(group, entries=entries))
    return [group for group in living if group.entries]


def _mark_current(groups: list[Group], path: str) -> tuple[Group, ...]:
    """The current entry is the one of whose addresses one is the longest beginning of *path*; the first of equals."""
    entries = [entry for group in groups for entry in group.entries]
    begins = [
        (len(start), entry.url)
        for entry in entries
        for start in (entry.url, *entry.also)
        if path.startswith(start)
    ]
    here = max(begins, key=lambda one: one[0], default=(0, ""))[1]
    return tuple(
        replace(group, entries=tuple(replace(entry, current=entry.url == here) for entry in group.entries))
        for group in groups
    )


def _tabs(groups: tuple[Group, ...], wanted: tuple[str, ...], path: str) -> tuple[Entry, ...]:
    """At most five: four words that lead somewhere, then "Lainnya" with the rest."""
    entries = [entry for group in groups for entry in group.entries if entry.tab]
    chosen = sorted((e for e in entries if e.name in wanted), key=lambda e: wanted.index(e.name))
    chosen += [entry for entry in entries if entry.name not in wanted]
    more = [replace(entry, current=entry.url == path) for entry in _living([MORE])]
    return (*chosen[:4], *more)
