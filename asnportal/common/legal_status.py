"""Legal position (kedudukan hukum) as files write it: who may be enrolled (DOMAIN 2.7).

Names and SIASN codes both occur. 01, 03, 15, 20, 71 and 72 may learn, some with a note for whoever decides;
unpaid leave, suspension, retirement and dismissal may not. What nobody knows does not bar anybody.
"""

import re

from asnportal.common.employment import in_service
from asnportal.common.text import cell_text

_BARRED = re.compile(
    r"CLTN|LUAR TANGGUNGAN|PEMBERHENTIAN SEMENTARA|DIBERHENTIKAN SEMENTARA|^(?:02|04|66|77|88|98|99)$"
)
_NOTES = (
    (re.compile(r"TUGAS BELAJAR|^03$"), "Sedang tugas belajar."),
    (
        re.compile(r"HUKUMAN DISIPLIN|^15$"),
        "Sedang menjalani hukuman disiplin. Hanya hukuman ringan yang boleh.",
    ),
    (re.compile(r"PERSIAPAN PENSIUN|\bMPP\b|^20$"), "Sedang masa persiapan pensiun."),
)


def bars_learning(legal_status: str) -> bool:
    """Whether this position keeps somebody out of a training."""
    words = cell_text(legal_status).upper()
    if _BARRED.search(words):
        return True
    return not note_on(legal_status) and in_service(words) is False


def note_on(legal_status: str) -> str:
    """What whoever decides should know about this position; '' for an ordinary one."""
    words = cell_text(legal_status).upper()
    return next((note for pattern, note in _NOTES if pattern.search(words)), "")
