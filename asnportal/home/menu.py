"""What stands in the menu, for whom, in which order (DESIGN.md 5, PRODUCT.md).

One declaration draws the sidebar, the tab bar of the phone, the page "Lainnya" and the account menu.
An entry shows only once its page exists: a name that no address has is left out, so nothing refuses.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace

from django.contrib.auth.models import AbstractBaseUser, AnonymousUser
from django.urls import NoReverseMatch, reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

Text = str | Promise
Person = AbstractBaseUser | AnonymousUser


@dataclass(frozen=True)
class Entry:
    """One line of the menu. ``tab`` is the short word for the phone's tab bar; ``waiting`` counts what
    waits for this person."""

    label: Text
    name: str
    icon: str = ""
    tab: Text = ""
    waiting: Callable[[Person], int] | None = None
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


HELP = Entry(_("Bantuan"), "help", "circle-help")
LEARNING = Group(
    "",
    (
        Entry(_("Beranda"), "home", "house", tab=_("Beranda")),
        Entry(_("Katalog"), "catalogue", "book-open", tab=_("Katalog")),
        Entry(_("Pelatihan saya"), "my_training", "graduation-cap", tab=_("Pelatihan")),
        Entry(_("Kompetensi saya"), "competency_profile", "target", tab=_("Kompetensi")),
    ),
)
KEEPING = Group(_("Lainnya"), (Entry(_("Riwayat dan sertifikat"), "ledger", "award"), HELP))
TEAM = Group(
    _("Tim saya"),
    (
        Entry(_("Persetujuan"), "approval_list", "clipboard-check", tab=_("Persetujuan")),
        Entry(_("Tim saya"), "team", "users", tab=_("Tim")),
    ),
)
UNIT = Group(
    _("Unit saya"),
    (
        Entry(_("Ringkasan unit"), "unit_home", "building-2", tab=_("Ringkasan")),
        Entry(_("Usulan peserta"), "nomination_list", "send", tab=_("Usulan")),
        Entry(_("Pegawai unit"), "unit_people", "users", tab=_("Pegawai")),
        Entry(_("Laporan unit"), "unit_report", "chart-column", tab=_("Laporan")),
    ),
)
BKPSDM = (
    Group(
        "",
        (
            Entry(_("Ringkasan"), "home", "layout-dashboard", tab=_("Ringkasan")),
            Entry(_("Perlu tindak lanjut"), "todo", "list-checks"),
        ),
    ),
    Group(
        _("Penyelenggaraan"),
        (
            Entry(_("Pelatihan"), "programme_list", "book-open"),
            Entry(_("Jadwal dan peserta"), "session_list", "calendar-days", tab=_("Jadwal")),
            Entry(_("Usulan mitra"), "proposal_list", "handshake", tab=_("Usulan")),
            Entry(_("Sertifikat"), "certificate_list", "award"),
        ),
    ),
    Group(
        _("Data"),
        (
            Entry(_("Pegawai"), "employee_list", "users", tab=_("Pegawai")),
            Entry(_("Unit"), "unit_list", "building-2"),
            Entry(_("Standar kompetensi"), "standard_list", "target"),
            Entry(_("Impor data"), "import_list", "upload"),
            Entry(_("Laporan"), "report", "chart-column", tab=_("Laporan")),
        ),
    ),
    Group(
        _("Lainnya"),
        (
            Entry(_("Kotak surat"), "mailbox", "mail"),
            Entry(_("Pengaturan"), "settings", "settings"),
            HELP,
        ),
    ),
)
LEADER = Group(
    "",
    (
        Entry(_("Ringkasan"), "home", "layout-dashboard", tab=_("Ringkasan")),
        Entry(_("Laporan"), "report", "chart-column", tab=_("Laporan")),
    ),
)
AUDITOR = Group(
    "",
    (
        *LEADER.entries,
        Entry(_("Jejak audit"), "audit_trail", "history", tab=_("Jejak")),
    ),
)
PARTNER = (
    Group(
        "",
        (
            Entry(_("Ringkasan"), "home", "layout-dashboard", tab=_("Ringkasan")),
            Entry(_("Usulan"), "partner_proposal_list", "send", tab=_("Usulan")),
            Entry(_("Kegiatan"), "partner_session_list", "calendar-days", tab=_("Kegiatan")),
            Entry(_("Kerja sama"), "partner_agreement", "handshake", tab=_("Kerja sama")),
        ),
    ),
    Group(_("Lainnya"), (HELP,)),
)
ACCOUNT = (
    Entry(_("Profil"), "profile", "user-round"),
    Entry(_("Data saya"), "my_data", "database"),
    Entry(_("Keamanan"), "security", "shield-check"),
    HELP,
)
MORE = Entry(_("Lainnya"), "more", "menu")
PUBLIC = (
    Entry(_("Beranda"), "landing"),
    Entry(_("Katalog"), "catalogue"),
    Entry(_("Cek sertifikat"), "verify"),
)


def menu_for(user: Person, *, path: str = "") -> Menu:
    """The whole menu of one signed-in person; *path* says which entry is the current page."""
    if not user.is_authenticated:
        return Menu()
    groups = []
    taken: set[str] = set()
    for group in groups_for(user):
        entries = [entry for entry in _living(group.entries, user) if entry.name not in taken]
        taken.update(entry.name for entry in entries)
        if entries:
            groups.append(replace(group, entries=tuple(entries)))
    groups = _mark_current(groups, path)
    return Menu(
        groups=tuple(groups),
        tabs=_tabs(groups, path),
        account=tuple(_living(ACCOUNT, user)),
        search=next(iter(_living([_search_for(user)], user)), None),
    )


def public_menu(path: str) -> tuple[Entry, ...]:
    """The three words above the public pages."""
    entries = tuple(_living(PUBLIC, AnonymousUser()))
    return tuple(replace(entry, current=entry.url == path) for entry in entries)


def groups_for(user: Person) -> list[Group]:
    """Work that others wait for comes first, one's own learning after it."""
    return [LEARNING, KEEPING]


def _search_for(user: Person) -> Entry:
    return Entry(_("Cari pelatihan atau topik"), "catalogue", "search")


def _living(entries: Iterable[Entry], user: Person) -> Iterable[Entry]:
    for entry in entries:
        try:
            url = reverse(entry.name)
        except NoReverseMatch:
            continue
        yield replace(entry, url=url, count=entry.waiting(user) if entry.waiting else 0)


def _mark_current(groups: list[Group], path: str) -> list[Group]:
    """The current entry is the one whose address is the longest beginning of *path*."""
    urls = [entry.url for group in groups for entry in group.entries if path.startswith(entry.url)]
    here = max(urls, key=len, default="")
    return [
        replace(group, entries=tuple(replace(entry, current=entry.url == here) for entry in group.entries))
        for group in groups
    ]


def _tabs(groups: list[Group], path: str) -> tuple[Entry, ...]:
    """At most five: the first four that have a short word, then "Lainnya" with the rest."""
    wanted = [entry for group in groups for entry in group.entries if entry.tab][:4]
    more = [replace(entry, current=entry.url == path) for entry in _living([MORE], AnonymousUser())]
    return (*wanted, *more)
