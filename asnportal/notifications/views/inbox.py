"""One's own messages at /pemberitahuan/: everything a mail says stands here too."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET, require_POST

from asnportal.common.views import SignedIn
from asnportal.notifications.models import Message
from asnportal.notifications.queries import inbox as query
from asnportal.notifications.services import inbox


@require_GET
def notification_list(request: SignedIn) -> HttpResponse:
    found = query.inbox(request.user, page=request.GET.get("page", ""))
    context = {"rows": found.rows, "page": found.page}
    return render(request, "notifications/inbox/list.html", context)


@require_GET
def notification(request: SignedIn, pk: int) -> HttpResponse:
    message = get_object_or_404(Message.objects.inbox_of(request.user), pk=pk)
    inbox.read(message)
    return render(request, "notifications/inbox/message.html", {"message": message})


@require_GET
def notification_calendar(request: SignedIn, pk: int) -> HttpResponse:
    message = get_object_or_404(Message.objects.inbox_of(request.user), pk=pk)
    if not message.calendar:
        raise Http404
    headers = {"Content-Disposition": 'attachment; filename="undangan.ics"'}
    return HttpResponse(message.calendar, content_type="text/calendar; charset=utf-8", headers=headers)


@require_POST
def notification_read_all(request: SignedIn) -> HttpResponse:
    inbox.read_all(request.user)
    messages.success(request, "Semua pemberitahuan ditandai sudah dibaca.")
    return redirect("notification_list")
