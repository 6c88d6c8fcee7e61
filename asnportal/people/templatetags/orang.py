"""What pages of people print: {% load orang %}, {{ username|nip }}, {{ line.verb|act }}."""

from datetime import date, datetime

from django import template
from django.conf import settings
from django.urls import reverse
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from asnportal.common.nip import format_nip
from asnportal.people.services.activation import Slip

register = template.Library()

# Verbs of the audit trail as people read them.
ACTS = {
    "activation.make": _("Kode aktivasi dibuat"),
    "activation.renew": _("Kode baru dibuat setelah bertemu orangnya"),
    "activation.use": _("Kode dipakai, kata sandi dibuat"),
    "employee.create": _("Pegawai dicatat"),
    "employee.update": _("Data kepegawaian diubah"),
    "employee.contact": _("Kontak diubah"),
    "employee.leave": _("Dinonaktifkan"),
    "employee.reactivate": _("Diaktifkan kembali"),
    "role.grant": _("Peran diberikan"),
    "role.revoke": _("Peran dicabut"),
    "account.deactivate": _("Akun ditutup"),
    "account.reactivate": _("Akun dibuka lagi"),
    "session.end": _("Dikeluarkan dari semua perangkat"),
}


@register.filter
def nip(number: str) -> str:
    """A NIP grouped for reading; an email stays as it is."""
    return format_nip(number)


@register.filter
def act(verb: str) -> str:
    return str(ACTS.get(verb, verb))


@register.filter
def wita_day(moment: datetime) -> date:
    """The day of a moment in Samarinda."""
    return localdate(moment)


@register.simple_tag
def activation_address() -> str:
    """As printed on a slip: without the scheme, which nobody types."""
    return str(settings.SITE_URL).partition("://")[2] + reverse("activate").rstrip("/")


@register.simple_tag
def activation_link(slip: Slip) -> str:
    """What the QR holds: the page with the code already in it."""
    return f"{settings.SITE_URL}{reverse('activate')}?kode={slip.printed}"
