"""Log lines: one JSON object a line, without anybody's number, password or token (TRUST.md T44, T45)."""

import re
from typing import Any

import structlog

HIDDEN = "***"

_SECRET_KEY = re.compile(r"pass(word|wd)?$|secret|token|cookie|authori[sz]ation|^(nip|nik)$", re.I)
_ASSIGNED = (
    "password|passwd|sandi|secret|secret_key|token|csrfmiddlewaretoken|sessionid|nip|nik|kode|code|otp"
)
_KEPT = frozenset({"request_id", "timestamp", "level", "logger"})

_MASKS = (
    (re.compile(r"(?<=://)[^/@\s:]*:[^/@\s]*(?=@)"), HIDDEN),  # name and password inside an address
    (re.compile(r"(?<=[\w/])\?[^\s\"'<>]+"), f"?{HIDDEN}"),  # what people searched for
    (re.compile(rf"""\b((?:{_ASSIGNED})["']?\s*[=:]\s*["']?)[^\s&"',;}}\]]+""", re.I), rf"\1{HIDDEN}"),
    (re.compile(r"(?<=/)(verifikasi|kalender|aktivasi)/[^/\s\"']+"), r"\1/[token]"),
    (re.compile(r"(?<!\d)(\d{8}[ .]?\d{6}[ .]?\d[ .]?\d{3}|\d{16})(?!\d)"), "[NIP]"),  # also spaced; NIK
    (re.compile(r"(?<![0-9A-Za-z])[0-9a-f]{32,}(?![0-9A-Za-z])"), "[token]"),
    (
        re.compile(
            r"(?<![\w-])(?=[\w-]*[a-z])(?=[\w-]*[A-Z])(?=[\w-]*\d)(?!\w*(?:Warning|Error)\b)[\w-]{20,}(?![\w-])"
        ),
        "[token]",
    ),  # capitals, small letters and digits in one long run: nothing that a person wrote
)


def masked_text(text: str) -> str:
    """``text`` without NIP, NIK, query strings, credentials and tokens."""
    for pattern, instead in _MASKS:
        text = pattern.sub(instead, text)
    return text


def _masked(value: Any) -> Any:
    if isinstance(value, dict):
        return {k: HIDDEN if _is_secret(k) else _masked(v) for k, v in value.items()}
    if isinstance(value, list | tuple | set):
        return [_masked(v) for v in value]
    if value is None or isinstance(value, bool | float):
        return value
    if isinstance(value, int) and value < 10**15:
        return value
    return masked_text(str(value))


def _is_secret(key: object) -> bool:
    return isinstance(key, str) and _SECRET_KEY.search(key) is not None


def mask(_logger: Any, _method: str, event: dict[str, Any]) -> dict[str, Any]:
    """The structlog processor that runs right before a line is written."""
    return {
        key: value if key in _KEPT else HIDDEN if _is_secret(key) else _masked(value)
        for key, value in event.items()
    }


_STEPS: list[structlog.typing.Processor] = [
    structlog.contextvars.merge_contextvars,
    structlog.stdlib.add_logger_name,
    structlog.stdlib.add_log_level,
    structlog.stdlib.PositionalArgumentsFormatter(),
    structlog.processors.TimeStamper(fmt="iso", utc=True),
    structlog.processors.format_exc_info,
]
_QUIET = ("celery.beat", "fontTools", "pyhanko")


def config(level: str) -> dict[str, Any]:
    """For Django's LOGGING: everything to standard output through ``mask``. Sets structlog up alike."""
    structlog.configure(
        processors=[
            structlog.stdlib.filter_by_level,
            *_STEPS,
            structlog.stdlib.ProcessorFormatter.wrap_for_formatter,
        ],
        logger_factory=structlog.stdlib.LoggerFactory(),
        cache_logger_on_first_use=True,
    )
    drawn = [structlog.stdlib.ProcessorFormatter.remove_processors_meta, mask]
    json = {
        "()": structlog.stdlib.ProcessorFormatter,
        "foreign_pre_chain": _STEPS,
        "processors": [*drawn, structlog.processors.JSONRenderer()],
    }
    ours = {name: {"handlers": [], "propagate": True} for name in ("django", "django.server")}
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {"json": json},
        "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "json"}},
        "root": {"handlers": ["console"], "level": level},
        "loggers": {**ours, **{name: {"level": "WARNING"} for name in _QUIET}},
    }
