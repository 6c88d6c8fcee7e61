"""Addresses of one's own messages and of the portal's mailbox."""

from django.urls import URLPattern, path

from asnportal.notifications.views import inbox, mailbox

urlpatterns: list[URLPattern] = [
    path("pemberitahuan/", inbox.notification_list, name="notification_list"),
    path("pemberitahuan/dibaca/", inbox.notification_read_all, name="notification_read_all"),
    path("pemberitahuan/<int:pk>/", inbox.notification, name="notification"),
    path("pemberitahuan/<int:pk>/undangan.ics", inbox.notification_calendar, name="notification_calendar"),
    path("kelola/kotak-surat/", mailbox.mailbox, name="mailbox"),
    path("kelola/kotak-surat/<int:pk>/", mailbox.mailbox_message, name="mailbox_message"),
    path("kelola/kotak-surat/<int:pk>/kirim-ulang/", mailbox.message_resend, name="message_resend"),
]
