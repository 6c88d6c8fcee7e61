"""A question with a reason, as a dialog over the page or as a page of its own (DESIGN.md 6.12)."""

from dataclasses import dataclass, field

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from training.forms.enrolment import ReasonForm
from training.models import Session


@dataclass(frozen=True)
class Question:
    """``cancel`` is where "Batal" leads, named ``back``; ``carries`` are hidden values that come back."""

    title: str
    text: str
    submit: str
    cancel: str
    back: str = "Pendaftaran"
    kind: str = "bad"
    carries: dict[str, str] = field(default_factory=dict)


def ask(request: HttpRequest, question: Question, form: ReasonForm, *, session: Session) -> HttpResponse:
    """The question; 422 when the answer had faults."""
    part = bool(getattr(request, "htmx", False)) and request.method == "GET"
    template = "training/question/_ask.html" if part else "training/question/page.html"
    context = {"question": question, "form": form, "session": session}
    response = render(request, template, context, status=422 if form.errors else 200)
    response["Vary"] = "HX-Request, Cookie"
    return response
