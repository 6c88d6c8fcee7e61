"""No form takes more than it shows (TRUST T28)."""

import importlib
import pkgutil
from collections.abc import Iterator
from typing import Any

import pytest

import asnportal.notifications.forms
import asnportal.people.forms
import competency.forms
import partners.forms
import training.forms
from asnportal.common.forms import ModelForm

PACKAGES = (
    asnportal.notifications.forms,
    asnportal.people.forms,
    competency.forms,
    partners.forms,
    training.forms,
)
# Decided by services alone, on no form ever.
NEVER = {
    *(
        "status",
        "step",
        "approver",
        "number",
        "version",
        "confirmed_count",
        "next_number",
        "public_id",
        "token",
    ),
    *("user", "created_by", "decided_by", "is_staff", "is_superuser", "password", "supervisor", "path"),
}


def below(form: type[Any]) -> Iterator[type[Any]]:
    for child in form.__subclasses__():
        yield child
        yield from below(child)


def model_forms() -> list[type[Any]]:
    for package in PACKAGES:
        for module in pkgutil.iter_modules(package.__path__, f"{package.__name__}."):
            importlib.import_module(module.name)
    return [form for form in below(ModelForm) if getattr(form, "_meta", None) and form._meta.model]


def test_the_walk_finds_the_forms():
    assert len(model_forms()) >= 4


@pytest.mark.parametrize("form", model_forms(), ids=lambda form: form.__name__)
def test_T28_a_form_takes_the_fields_it_lists_and_none_that_a_service_decides(form):
    assert isinstance(form._meta.fields, list | tuple)
    assert not form._meta.exclude
    listed = {*form._meta.fields, *form.declared_fields}
    assert set(form.base_fields) <= listed
    assert set(form.base_fields) & NEVER == set()


@pytest.mark.parametrize("form", model_forms(), ids=lambda form: form.__name__)
@pytest.mark.django_db
def test_T28_hostile_values_for_all_other_fields_change_nothing(form):
    """Every field of the model is sent; only listed ones reach the instance."""
    names = [field.name for field in form._meta.model._meta.concrete_fields]
    thing = form._meta.model()
    before = {name: getattr(thing, f"{name}_id", None) or thing.__dict__.get(name) for name in names}
    bound = form(dict.fromkeys(names, "1"), instance=thing)
    bound.is_valid()
    changed = {
        name
        for name in names
        if (getattr(thing, f"{name}_id", None) or thing.__dict__.get(name)) != before[name]
    }
    assert changed <= set(form._meta.fields)
