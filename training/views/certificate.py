"""A certificate of one's own, or of somebody in one's scope: look, download, share."""

import hashlib
import re
from dataclasses import replace
from typing import Any
from urllib.parse import quote

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.http import content_disposition_header
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from asnportal.audit.models import record
from asnportal.common.access import require
from asnportal.common.nip import mask_nip
from asnportal.common.qr import qr_code
from asnportal.common.views import SignedIn
from training.models import Certificate
from training.queries.certificate import ledger_line, verify_url
from training.services import certificate_file as files
from training.services.certificate_facts import CertificateFacts
from training.services.certificate_pdf import printed

WHATSAPP = "https://wa.me/?text="


def find(request: SignedIn, public_id: str) -> Certificate:
    """404 outside the reader's scope."""
    require(request.user, "training.view_certificate")
    found = Certificate.objects.visible_to(request.user).select_related(
        "employee__unit", "guest", "session__programme", "replaced_by", "replaces"
    )
    return get_object_or_404(found, public_id=public_id)


@never_cache
@require_GET
def certificate(request: SignedIn, public_id: str) -> HttpResponse:
    found = find(request, public_id)
    url = verify_url(found.token)
    words = f"{found.facts['name']}: {found.facts['title']}. {url}"
    context = {
        "certificate": found,
        "own": is_own(request, found),
        "line": ledger_line(found),
        "verify_url": url,
        "whatsapp_url": WHATSAPP + quote(words),
        **preview(request, found, url),
    }
    return render(request, "training/certificate/detail.html", context)


def preview(request: SignedIn, found: Certificate, url: str) -> dict[str, Any]:
    """The printed facts for the picture on the page; the auditor sees the NIP masked."""
    if not found.number:
        return {}
    facts = CertificateFacts.from_json(found.facts)
    if request.user.has_role("auditor") and not is_own(request, found):
        facts = replace(facts, nip=mask_nip(facts.nip.replace(" ", "")))
    code = qr_code(url).svg(label="Kode QR menuju halaman pemeriksaan keaslian", border=0)
    return {"sheet": printed(facts, url), "qr": code}


def is_own(request: SignedIn, found: Certificate) -> bool:
    own = request.user.employee_or_none
    return own is not None and own.pk == found.employee_id


@never_cache
@require_GET
def certificate_download(request: SignedIn, public_id: str) -> HttpResponse:
    """The sealed file as issued. Reading somebody else's leaves a line in the audit trail."""
    found = find(request, public_id)
    if not found.file:
        raise Http404
    data = files.read(found.file)
    if hashlib.sha256(data).hexdigest() != found.sha256:
        return render(request, "training/certificate/missing.html", {"certificate": found}, status=503)
    if not is_own(request, found):
        record("certificate.download", found, by=request.user)
    kept = {"Content-Disposition": content_disposition_header(as_attachment=True, filename=file_name(found))}
    return HttpResponse(data, content_type="application/pdf", headers=kept)


def file_name(found: Certificate) -> str:
    """ "Sertifikat Literasi Digital - Rahmawati Noor.pdf", without what file systems refuse."""
    words = f"{found.facts['heading']} {found.facts['title']} - {found.facts['name']}"
    return re.sub(r'[\\/:*?"<>|\x00-\x1f]+', " ", words)[:150].strip(" .") + ".pdf"
