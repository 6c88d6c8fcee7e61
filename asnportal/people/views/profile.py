"""One's own account: what the staff data say, what can be changed, how it is kept safe."""

from allauth.account.models import EmailAddress
from allauth.mfa.utils import is_mfa_enabled
from allauth.usersessions.models import UserSession
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods

from asnportal.common.nip import format_nip
from asnportal.common.views import SignedIn
from asnportal.people.forms.profile import ProfileForm
from asnportal.people.queries.contact import contact_of
from asnportal.people.services import profile as service


@require_http_methods(["GET", "POST"])
def profile(request: SignedIn) -> HttpResponse:
    user, employee = request.user, request.user.employee_or_none
    initial = {"phone": employee.phone if employee else "", "wants_motivation": user.wants_motivation}
    form = ProfileForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        service.update(user, **form.cleaned_data)
        messages.success(request, "Profil tersimpan.")
        return redirect("profile")
    context = {
        "form": form,
        "employee": employee,
        "nip": format_nip(employee.nip) if employee else "",
        "contact": contact_of(employee.unit) if employee else None,
        "waiting_email": EmailAddress.objects.get_new(user),
    }
    return render(request, "people/profile/profile.html", context, status=422 if form.errors else 200)


@require_GET
def security(request: SignedIn) -> HttpResponse:
    context = {
        "has_second_factor": is_mfa_enabled(request.user),
        "devices": UserSession.objects.filter(user=request.user).count(),
    }
    return render(request, "people/profile/security.html", context)
