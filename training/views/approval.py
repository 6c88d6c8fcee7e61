"""A supervisor's requests: read, answered one by one or many at once; and what was answered before."""

from collections.abc import Sequence
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from asnportal.common.access import password_again, require
from asnportal.common.errors import Refusal
from asnportal.common.views import SignedIn
from competency.queries.plan import plans_waiting
from training.forms.enrolment import ReasonForm
from training.models import Enrolment
from training.queries.approval import PAGE_SIZE, asks_of, decisions_of, with_facts
from training.queries.enrolment import badge_for
from training.services import approval as service
from training.services.approval import NotYours, Outcome
from training.services.eligibility import blocking_words
from training.views.enrolment import done, found, page_of, show_enrolment
from training.views.question import Question, ask

SUPERVISOR = Enrolment.Step.SUPERVISOR


@require_GET
def approval_list(request: SignedIn) -> HttpResponse:
    require(request.user, "training.see_own_approvals")
    waiting = asks_of(request.user.employee)
    if request.GET.get("tab") == "riwayat":
        return _history(request, waiting.count())
    page = Paginator(waiting, PAGE_SIZE).get_page(request.GET.get("page"))
    asks = with_facts(list(page), supervisor=request.user.employee)
    context = {
        "page": page,
        "plans": plans_waiting(request.user.employee).count(),
        "rows": [(ask, blocking_words(ask.facts)) for ask in asks],
        "count": page.paginator.count,
        "oldest": asks[0] if asks and page.number == 1 else None,
    }
    return render(request, "training/approval/list.html", context)


def _history(request: SignedIn, count: int) -> HttpResponse:
    page = Paginator(decisions_of(request.user), PAGE_SIZE).get_page(request.GET.get("page"))
    rows = [(decision, badge_for(decision.enrolment)) for decision in page]
    context = {"page": page, "rows": rows, "count": count}
    return render(request, "training/approval/history.html", context)


@require_POST
@password_again
def approval_approve(request: SignedIn) -> HttpResponse:
    """Yes to the ticked ones, or to the one whose own button was tapped."""
    require(request.user, "training.see_own_approvals")
    chosen, missing = chosen_rows(request)
    report(request, service.approve_many(chosen, by=request.user, step=SUPERVISOR), missing, "disetujui")
    return redirect("approval_list")


@require_http_methods(["GET", "POST"])
@password_again
def approval_decline(request: SignedIn) -> HttpResponse:
    """First the page that asks for the reason, then the answer; many share one reason."""
    require(request.user, "training.see_own_approvals")
    chosen, missing = chosen_rows(request)
    form = ReasonForm(
        request.POST if "reason" in request.POST else None,
        missing=service.REASON_NEEDED,
        label="Alasan penolakan",
        hint="Dibaca oleh pemohon. Sebutkan apa yang dapat membantu, misalnya tanggal lain.",
    )
    if form.is_valid():
        note = form.cleaned_data["reason"]
        outcomes = service.decline_many(chosen, by=request.user, step=SUPERVISOR, note=note)
        report(request, outcomes, missing, "ditolak")
        return redirect("approval_list")
    context = {"form": form, "chosen": chosen}
    return render(request, "training/approval/decline.html", context, status=422 if form.errors else 200)


def chosen_rows(request: HttpRequest) -> tuple[list[Enrolment], int]:
    """The enrolments named by the form, and how many of the named ones this person may not see (TRUST P20)."""
    sent = request.POST if request.method == "POST" else request.GET
    names = sent.getlist("hanya") or sent.getlist("id")
    keys = {key for name in names[:200] if (key := _uuid(name))}
    rows = Enrolment.objects.visible_to(request.user).filter(public_id__in=keys)  # type: ignore[arg-type]
    found_rows = list(rows.select_related("employee", "session__programme").order_by("step_since", "id"))
    return found_rows, len(set(names)) - len(found_rows)


def _uuid(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None


def report(request: HttpRequest, outcomes: Sequence[Outcome], missing: int, word: str) -> None:
    """One sentence for what went well, one for each row that did not."""
    done = [outcome for outcome in outcomes if not outcome.problem]
    if len(done) == 1:
        messages.success(request, f"Permintaan {done[0].enrolment.employee.name} {word}.")
    elif done:
        messages.success(request, f"{len(done)} permintaan {word}.")
    for outcome in outcomes:
        if outcome.problem:
            messages.error(request, f"{outcome.enrolment.employee.name}: {outcome.problem}")
    if missing:
        messages.warning(request, f"{missing} permintaan tidak ditemukan dan dilewati.")
    if not outcomes and not missing:
        messages.warning(request, "Pilih dahulu permintaan yang akan diputuskan.")


@require_POST
@password_again
def enrolment_approve(request: SignedIn, public_id: UUID) -> HttpResponse:
    require(request.user, "training.answer_requests")
    shown = found(request, public_id)
    try:
        fresh = service.approve(shown, by=request.user, step=request.POST.get("step", ""))
    except NotYours as refusal:
        raise PermissionDenied(refusal.message) from refusal
    except Refusal as refusal:
        return show_enrolment(request, shown, problem=refusal.message)
    messages.success(request, f"Permintaan {fresh.employee.name} disetujui.")
    return redirect("enrolment", public_id)


@require_http_methods(["GET", "POST"])
@password_again
def enrolment_decline(request: SignedIn, public_id: UUID) -> HttpResponse:
    require(request.user, "training.answer_requests")
    shown = found(request, public_id)
    require(request.user, "training.approve_enrolment", shown)
    form = ReasonForm(request.POST or None, missing=service.REASON_NEEDED, label="Alasan penolakan")
    step = request.POST.get("step", "")
    if done(form, lambda reason: service.decline(shown, by=request.user, step=step, note=reason)):
        messages.success(request, f"Permintaan {shown.employee.name} ditolak.")
        return redirect("enrolment", public_id)
    question = Question(
        title=f"Tolak permintaan {shown.employee.name}?",
        text=f"{shown.session.title}. Alasan Anda dikirim kepada pemohon.",
        submit="Tolak permintaan",
        cancel=page_of(shown),
        carries={"step": shown.step},
    )
    return ask(request, question, form, session=shown.session)
