"""One decision for each problem that a file has, for all its rows at once."""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.forms import BoundField
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _l

from asnportal.common.forms import Form
from asnportal.people.models import Unit, User
from competency.forms.intake import unit_label

MOST_CHOICES = 4  # radio buttons; more are easier to find in a list
# What a disagreement with the number is called as a question.
DOUBTS = {
    "birth_date_differs": _l("Tanggal lahir berbeda dari NIP"),
    "sex_differs": _l("Jenis kelamin berbeda dari NIP"),
    "start_differs": _l("TMT awal berbeda dari NIP"),
    "status_differs": _l("Status kepegawaian berbeda dari NIP"),
    "nip_code_unfamiliar": _l("Kode PPPK di dalam NIP belum dikenal"),
}


@dataclass(frozen=True)
class Question:
    """One problem with its rows and what may be decided about it."""

    group: Mapping[str, Any]
    title: str
    choice: BoundField
    other: BoundField | None


class DecisionForm(Form):
    """One decision per problem of the last check; what is left open stays out of the import."""

    SKIP, ACCEPT, OTHER = "lewati", "terima", "lain"

    def __init__(self, *args: Any, groups: Sequence[Mapping[str, Any]], user: User, **kwargs: Any) -> None:
        self.skipped = set(kwargs.pop("skipped", ()))
        self.groups = {_digest(group["key"]): group for group in groups}
        super().__init__(*args, **kwargs)
        self.units = _units(user) if groups else {}
        for key, group in self.groups.items():
            initial = self.SKIP if group["key"] in self.skipped else None
            self.fields[f"putusan-{key}"] = forms.ChoiceField(
                label=title_of(group),
                choices=self._choices(group),
                required=False,
                initial=initial,
                widget=forms.RadioSelect,
            )
            if group["choice"] == "unit":
                self.fields[f"unit-{key}"] = forms.ChoiceField(
                    label=_("Unit"), choices=self._units_for(group), required=False
                )

    def _choices(self, group: Mapping[str, Any]) -> list[tuple[str, str]]:
        skip = (self.SKIP, _("Lewati %d baris") % group["count"])
        if group["choice"] == "accept":
            return [(self.ACCEPT, _("Terima, beri tanda")), skip]
        meant = self._meant(group)
        if len(meant) > MOST_CHOICES:
            return [(self.OTHER, _("Pilih dari %d unit") % len(meant)), skip]
        return [*((f"kode:{code}", label) for code, label in meant), (self.OTHER, _("Unit lain")), skip]

    def _meant(self, group: Mapping[str, Any]) -> list[tuple[str, str]]:
        """What may be meant, as far as this person may choose it."""
        codes = (code_of(label) for label in group["suggestions"])
        return [(code, self.units[code]) for code in codes if code in self.units]

    def _units_for(self, group: Mapping[str, Any]) -> list[Any]:
        meant, everything = self._meant(group), list(self.units.items())
        first = [(_("Mungkin maksudnya"), meant), (_("Semua unit"), everything)] if meant else everything
        return [("", _("Pilih unit")), *first]

    def clean(self) -> dict[str, Any]:
        clean: dict[str, Any] = super().clean() or {}
        for key, group in self.groups.items():
            answer, unit = clean.get(f"putusan-{key}"), clean.get(f"unit-{key}")
            if group["choice"] == "unit" and answer == self.OTHER and not unit:
                self.add_error(f"unit-{key}", _("Pilih unitnya."))
        return clean

    def questions(self) -> list[Question]:
        return [
            Question(
                group,
                title_of(group),
                self[f"putusan-{key}"],
                self[f"unit-{key}"] if f"unit-{key}" in self.fields else None,
            )
            for key, group in self.groups.items()
        ]

    def merged(self, before: Mapping[str, Any]) -> dict[str, Any]:
        """The decisions made before with those of this form."""
        units, accepted = dict(before.get("units", {})), list(before.get("accept", []))
        skipped = set(before.get("skip", []))
        for key, group in self.groups.items():
            answer, unit = self.cleaned_data.get(f"putusan-{key}"), self.cleaned_data.get(f"unit-{key}")
            skipped.discard(group["key"])
            if answer == self.SKIP:
                skipped.add(group["key"])
            elif answer == self.ACCEPT:
                accepted.append(group["code"])
            elif group["choice"] == "unit" and (answer or unit):
                units[group["about"]] = (
                    unit if answer in (self.OTHER, "") else str(answer).removeprefix("kode:")
                )
        return {"units": units, "accept": sorted(set(accepted)), "skip": sorted(skipped)}


def title_of(group: Mapping[str, Any]) -> str:
    """The problem as a question: “Dinkes Kota” tidak dikenal, maksudnya …?"""
    if group["code"] == "unit_unknown":
        return str(_("“%s” tidak dikenal, maksudnya …?") % group["about"])
    if group["code"] == "unit_ambiguous":
        return str(_("“%s” ada beberapa, maksudnya …?") % group["about"])
    return str(DOUBTS.get(group["code"], group["message"]))


def code_of(label: str) -> str:
    """The unit's code at the end of "Dinas Kesehatan (11)"."""
    return label.rpartition("(")[2].rstrip(")")


def _units(user: User) -> dict[str, str]:
    """The units that may be meant, by code: an officer's own ones."""
    units = Unit.objects.visible_to(user).filter(is_active=True).order_by("name", "code")
    return {unit.code: unit_label(unit) for unit in units}


def _digest(key: str) -> str:
    return hashlib.sha256(key.encode()).hexdigest()[:16]


@dataclass(frozen=True)
class Made:
    """A decision already made, in words; ``key`` takes it back."""

    key: str
    text: str


def made(decisions: Mapping[str, Any]) -> list[Made]:
    units = decisions.get("units", {})
    names = dict(Unit.objects.filter(code__in=units.values()).values_list("code", "name")) if units else {}
    found = [
        Made(f"unit:{about}", f"“{about}” adalah {names.get(code, code)}") for about, code in units.items()
    ]
    accepted = decisions.get("accept", ())
    return found + [
        Made(f"accept:{code}", f"{DOUBTS.get(code, code)}: diterima, diberi tanda") for code in accepted
    ]


def whole(decisions: Mapping[str, Any]) -> dict[str, Any]:
    """With all parts, to compare with what a form gives."""
    return {
        "units": dict(decisions.get("units", {})),
        "accept": sorted(decisions.get("accept", ())),
        "skip": sorted(decisions.get("skip", ())),
    }


def without(decisions: Mapping[str, Any], key: str) -> dict[str, Any]:
    """As before this one decision."""
    kept, (part, _colon, name) = whole(decisions), key.partition(":")
    if part == "unit":
        kept["units"].pop(name, None)
    else:
        kept["accept"] = [code for code in kept["accept"] if code != name]
    return kept
