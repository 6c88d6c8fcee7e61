"""The staff record: list, one person, edit, contact, a code after seeing the person, files."""

from typing import Any

import rules
from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from asnportal.audit.models import AuditLine, record
from asnportal.common.access import password_again, require
from asnportal.common.errors import Refusal
from asnportal.common.export import csv_file, xlsx_file
from asnportal.common.views import SignedIn, attempt
from asnportal.people.forms.employee import ContactForm, EmployeeForm, PeopleFilter
from asnportal.people.models import Employee, Unit
from asnportal.people.queries import employee as query
from asnportal.people.services import activation
from asnportal.people.services import employee as service
from asnportal.people.services.supervisor import without_supervisor

PER_PAGE = 25
# What the page of one person offers to whom.
VERBS = ("keep_employee", "keep_contact", "renew_code", "keep_accounts")


@require_GET
def employee_list(request: SignedIn) -> HttpResponse:
    require(request.user, "people.view_people")
    units = Unit.objects.filter(level__lte=1).order_by("path")
    context = _listed(request, Employee.objects.visible_to(request.user), units)
    return render(request, "people/employee/list.html", context)


@require_GET
def unit_people(request: SignedIn) -> HttpResponse:
    """The same for an admin unit: the own units with all below."""
    require(request.user, "people.view_unit_people")
    units = Unit.objects.visible_to(request.user)
    context = _listed(request, Employee.objects.of_units(units), units.order_by("path"))
    return render(request, "people/employee/unit_list.html", context)


@require_GET
def employee_without_supervisor(request: SignedIn) -> HttpResponse:
    """ "Pegawai tanpa atasan": their requests go to BKPSDM. An admin unit sees its own."""
    require(request.user, "people.export_people")
    people = without_supervisor(_people_of(request))
    sort = request.GET.get("urut", "")
    people = query.sorted_by(people, sort) if sort else people.order_by("unit__path", "name")
    page = Paginator(query.listed(people), PER_PAGE).get_page(request.GET.get("page"))
    page.object_list = _rows(request, page.object_list)  # type: ignore[assignment]
    return render(request, "people/employee/without_supervisor.html", {"page": page})


@require_GET
def employee_detail(request: SignedIn, public_id: str) -> HttpResponse:
    employee = _get(request, public_id)
    form = ContactForm(initial={"email": employee.email, "phone": employee.phone})
    return _detail(request, employee, form)


@require_http_methods(["GET", "POST"])
def employee_new(request: SignedIn) -> HttpResponse:
    require(request.user, "people.keep_employee")
    form = EmployeeForm(request.POST or None)
    if done := attempt(form, lambda: service.create(form.values(), by=request.user), refused_at="nip"):
        messages.success(request, f"{done.result.full_name} tersimpan.")
        return redirect("employee_detail", done.result.public_id)
    return render(request, "people/employee/form.html", {"form": form}, status=_status(form))


@require_http_methods(["GET", "POST"])
def employee_edit(request: SignedIn, public_id: str) -> HttpResponse:
    require(request.user, "people.keep_employee")
    employee = _get(request, public_id)
    form = EmployeeForm(request.POST or None, instance=_get(request, public_id))
    if attempt(form, lambda: service.update(employee, form.values(), by=request.user)):
        messages.success(request, "Perubahan tersimpan.")
        return redirect("employee_detail", public_id)
    context = {"form": form, "employee": employee}
    return render(request, "people/employee/form.html", context, status=_status(form))


@require_POST
def employee_contact(request: SignedIn, public_id: str) -> HttpResponse:
    """Email and telephone, by BKPSDM or the admin unit (P39)."""
    require(request.user, "people.keep_contact")
    employee = _get(request, public_id)
    form = ContactForm(request.POST)
    if form.is_valid():
        service.update_contact(employee, by=request.user, **form.cleaned_data)
        messages.success(request, "Kontak tersimpan.")
        return redirect("employee_detail", public_id)
    return _detail(request, employee, form)


@require_POST
def employee_code(request: SignedIn, public_id: str) -> HttpResponse:
    """A new code for one person whom the officer sees; shown once, ready to be printed."""
    require(request.user, "people.make_codes")
    employee = _get(request, public_id)
    require(request.user, "people.renew_code", employee)
    try:
        slip = activation.renew(employee, by=request.user, note="Dibuat setelah bertemu orangnya.")
    except Refusal as refusal:
        messages.warning(request, refusal.message)
        return redirect("employee_detail", public_id)
    context = {"slips": [slip], "pages": [[slip]], "single": employee}
    return render(request, "people/activation/slips.html", context)


@require_POST
@password_again
def employee_export(request: SignedIn) -> HttpResponseBase:
    """The list as it is narrowed, as xlsx or csv; each file leaves a line (PRODUCT.md, rule 10)."""
    require(request.user, "people.export_people")
    masked = query.sees_masked(request.user)
    people = query.found(
        _people_of(request), _chosen(request, Unit.objects.visible_to(request.user)), masked=masked
    )
    people = query.sorted_by(people, "nama")
    kind = "csv" if request.POST.get("jenis_berkas") == "csv" else "xlsx"
    record("employee.export", None, by=request.user, rows=people.count(), file=kind, masked=masked)
    write = csv_file if kind == "csv" else xlsx_file
    return write("pegawai", query.HEADINGS, query.file_rows(people, masked=masked))


def _get(request: SignedIn, public_id: str) -> Employee:
    people = query.listed(Employee.objects.visible_to(request.user))
    return get_object_or_404(people, public_id=public_id)


def _detail(request: SignedIn, employee: Employee, form: ContactForm) -> HttpResponse:
    masked = query.sees_masked(request.user)
    context = {
        "employee": employee,
        "row": query.person(employee, masked=masked),
        "masked": masked,
        "form": form,
        **{verb: rules.has_perm(f"people.{verb}", request.user, employee) for verb in VERBS},
    }
    if context["keep_employee"]:
        context["lines"] = AuditLine.objects.about(employee).order_by("-id")[:10]
    return render(request, "people/employee/detail.html", context, status=422 if form.errors else 200)


def _people_of(request: SignedIn) -> QuerySet[Employee]:
    """Whom this person keeps or checks: everybody, or the own units; not the own staff of a supervisor."""
    return Employee.objects.of_units(Unit.objects.visible_to(request.user))


def _chosen(request: SignedIn, units: QuerySet[Unit]) -> dict[str, Any]:
    return PeopleFilter(request.GET, units=units).chosen()


def _listed(request: SignedIn, people: QuerySet[Employee], units: QuerySet[Unit]) -> dict[str, Any]:
    form = PeopleFilter(request.GET or None, units=units)
    masked = query.sees_masked(request.user)
    narrowed = query.found(people, form.chosen() if form.is_bound else {}, masked=masked)
    narrowed = query.sorted_by(query.listed(narrowed), request.GET.get("urut", ""))
    page = Paginator(narrowed, PER_PAGE).get_page(request.GET.get("page"))
    page.object_list = _rows(request, page.object_list)  # type: ignore[assignment]
    return {"page": page, "form": form, "masked": masked}


def _rows(request: SignedIn, people: Any) -> list[query.Person]:
    masked = query.sees_masked(request.user)
    return [query.person(one, masked=masked) for one in people]


def _status(form: EmployeeForm) -> int:
    return 422 if form.errors else 200
