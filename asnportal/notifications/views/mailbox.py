"""The mailbox of the portal: what was sent to whom and why; failed mails are sent again from here."""

import rules
from django.conf import settings
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET, require_POST

from asnportal.common.access import require
from asnportal.common.views import SignedIn, carry_out
from asnportal.notifications.forms.mailbox import MailboxForm
from asnportal.notifications.models import Message
from asnportal.notifications.queries import mailbox as query
from asnportal.notifications.services import outbox

PER_PAGE = 20


@require_GET
def mailbox(request: SignedIn) -> HttpResponse:
    require(request.user, "notifications.view_mailbox")
    return _show(request, None)


@require_GET
def mailbox_message(request: SignedIn, pk: int) -> HttpResponse:
    require(request.user, "notifications.view_mailbox")
    return _show(
        request, get_object_or_404(Message.objects.select_related("employee", "user__employee"), pk=pk)
    )


@require_POST
def message_resend(request: SignedIn, pk: int) -> HttpResponse:
    require(request.user, "notifications.resend_message")
    message = get_object_or_404(Message, pk=pk)
    carry_out(
        request,
        lambda: outbox.resend(message, by=request.user),
        done="Pesan masuk antrean lagi dan dikirim sebentar lagi.",
    )
    return redirect("mailbox_message", message.pk)


def _show(request: SignedIn, message: Message | None) -> HttpResponse:
    form = MailboxForm(request.GET)
    wish = form.wish()
    tabs = query.tabs(wish.state or (query.state_of(message) if message else ""))
    state = next(tab.state for tab in tabs if tab.current)
    page = Paginator(query.messages(state, words=wish.words), PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "page": page,
        "tabs": tabs,
        "state": state,
        "words": wish.words,
        "opened": message,
        "message": message or next(iter(page), None),
        "delayed": query.delayed_count(),
        "demo": settings.DEMO,
        "may_resend": rules.has_perm("notifications.resend_message", request.user),
    }
    return render(request, "notifications/mailbox/list.html", context)
