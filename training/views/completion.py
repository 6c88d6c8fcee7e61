"""The end of a session: what is still missing, what will happen, and the act itself."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from asnportal.common.access import require
from asnportal.common.views import SignedIn, carry_out, chosen_ids
from training.models import Session
from training.queries.attendance import people_of, shares
from training.services import completion as service
from training.views.attendance import find_session


@require_http_methods(["GET", "POST"])
def session_finish(request: SignedIn, pk: int) -> HttpResponse:
    require(request.user, "training.finish_session")
    session = find_session(request, pk)
    if request.method == "POST":
        done = carry_out(request, lambda: _finish(session, request))
        if done is None:
            return redirect("session_finish", pk)
        _tell(request, done.result)
        return redirect("session_certificates", pk)
    people = list(people_of(session))
    share = shares(session, people)
    rows = [(one, share[one.pk], share[one.pk].reaches(session.min_attendance_pct)) for one in people]
    context = {
        "session": session,
        "rows": rows,
        "obstacles": service.obstacles(session),
        "by_list": not session.meetings.exists(),
        "passed": sum(1 for _, _, passes in rows if passes),
    }
    return render(request, "training/completion/finish.html", context)


def _tell(request: SignedIn, finished: service.Finished) -> None:
    words = f"Jadwal selesai: {finished.passed} lulus, {finished.failed} belum memenuhi syarat."
    messages.success(request, words)
    if finished.held:
        messages.warning(
            request,
            f"JP {finished.held} orang di atas yang lazim, jadi belum dihitung. "
            "Periksa di daftar riwayat yang menunggu.",
        )


def _finish(session: Session, request: SignedIn) -> service.Finished:
    if session.meetings.exists():
        return service.finish(session, by=request.user)
    return service.finish_by_list(session, chosen_ids(request), by=request.user)
