"""Reference data that every installation starts with: forms of learning, how they give JP, what is asked a year,
the usual levels of job groups, and single figures of rules.

Loading again adds what is missing and leaves alone what an officer has changed since.
"""

import csv
import json
from collections.abc import Callable, Iterator
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

from django.db import transaction

from competency.models import GroupStandard, IndexRule, JpRule, JpTarget, LearningForm, RuleFigure

FOLDER = Path(__file__).resolve().parent.parent / "reference"


@transaction.atomic
def load() -> dict[str, int]:
    """How many rows were new, by file. Runs as often as one likes."""
    made = {"forms": _add_missing(LearningForm.objects, ("code",), map(_form, _rows("forms")))}
    forms = {form.code: form for form in LearningForm.objects.all()}
    rules = (_rule(row, forms) for row in _rows("jp_rules"))
    made["jp_rules"] = _add_missing(JpRule.objects, ("form", "abroad", "valid_from"), rules)
    made["jp_targets"] = _add_missing(
        JpTarget.objects, ("kind", "valid_from"), map(_target, _rows("jp_targets"))
    )
    figures = ({**row, "value": Decimal(row["value"]), **_validity(row)} for row in _rows("figures"))
    made["figures"] = _add_missing(RuleFigure.objects, ("key", "valid_from"), figures)
    made["index_rules"] = _add_missing(IndexRule.objects, ("code",), map(_index_rule, _index_rules()))
    levels = ({**row, "level": int(row["level"]), **_validity(row)} for row in _rows("group_standards"))
    made["group_standards"] = _add_missing(GroupStandard.objects, ("group", "valid_from"), levels)
    return made


def _rows(name: str) -> Iterator[dict[str, str]]:
    with (FOLDER / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        yield from csv.DictReader(file)


def _add_missing(rows_of: Any, key: tuple[str, ...], values: Iterator[dict[str, Any]]) -> int:
    fresh = 0
    for row in values:
        found = {name: row[name] for name in key}
        _, created = rows_of.get_or_create(**found, defaults=row)
        fresh += created
    return fresh


def _form(row: dict[str, str]) -> dict[str, Any]:
    aliases = [alias for alias in row["aliases"].split("|") if alias]
    return {**row, "aliases": aliases, "usual_max_jp": Decimal(row["usual_max_jp"])}


def _rule(row: dict[str, str], forms: dict[str, LearningForm]) -> dict[str, Any]:
    return {
        **row,
        "form": forms[row["form"]],
        "abroad": row["abroad"] == "ya",
        "figure": Decimal(row["figure"]),
        "cap": _or_none(row["cap"], Decimal),
        **_validity(row),
    }


def _target(row: dict[str, str]) -> dict[str, Any]:
    return {**row, "jp": Decimal(row["jp"]), **_validity(row)}


def _index_rules() -> Iterator[dict[str, Any]]:
    yield from json.loads((FOLDER / "index_rules.json").read_text(encoding="utf-8"))


def _index_rule(row: dict[str, Any]) -> dict[str, Any]:
    return {**row, "valid_from": date.fromisoformat(row["valid_from"])}


def _validity(row: dict[str, str]) -> dict[str, Any]:
    return {
        "valid_from": date.fromisoformat(row["valid_from"]),
        "valid_until": _or_none(row["valid_until"], date.fromisoformat),
    }


def _or_none(text: str, read: Callable[[str], Any]) -> Any:
    return read(text) if text else None
