"""The sign-in page. Everything behind it (second factor, sessions) is allauth's own."""

from typing import Any

from allauth.account.views import LoginView
from django.http import HttpResponse

from asnportal.people.forms.signin import SignInForm


class SignInView(LoginView):  # type: ignore[misc]
    """allauth's view; a refused try is 422 and a locked name 429, as everywhere in the portal."""

    def form_invalid(self, form: SignInForm) -> HttpResponse:
        response: HttpResponse = super().form_invalid(form)
        response.status_code = 429 if form.locked else 422
        return response

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(**kwargs)
        return context


sign_in = SignInView.as_view()
