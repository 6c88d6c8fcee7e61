"""Reads the product's own texts and finds words that DESIGN.md 9.2 replaces, in the sense meant there.

Read are templates, Python strings, the script and the certificate's text. Not read: tests, names in code, what
people's own files may call a thing (asnportal/common/sheets), data of the city and of regulations (csv).
"""

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

ROOTS = ("asnportal", "competency", "training", "partners", "templates", "static/js")
UNREAD = ("migrations", "sheets", "fonts")
SPEAKS = {"_", "gettext", "gettext_lazy", "pgettext", "ngettext", "mark_safe"}
SHOWN = {
    "label",
    "help_text",
    "verbose_name",
    "title",
    "text",
    "placeholder",
    "words",
    "subject",
    "why",
    "note",
}

# A text is one run of words as somebody sees it: one node of a template, one string of Python. ^ and $ are its ends.
INSTEAD = {
    r"diklat|courses?|trainings?": "pelatihan",
    r"sesi|batch": "jadwal, pertemuan, perangkat (sign-in)",
    r"enrol+|registrasi": "daftar, pendaftaran",
    r"kursi anda aman|(?:me|di)?lepas(?:kan)? kursi|kursi\w* (?:\w+ )?dilepas|kursi dipastikan|batalkan kursi": (
        "Anda terdaftar, mengundurkan diri"
    ),
    r"belajar saya": "Pelatihan saya",
    r"tayang": "Dibuka",
    r"menunggu atasan": "Menunggu persetujuan atasan langsung",
    r"nilai \d+ jp|nilai jp|jp kredit": "Jumlah JP: 5 (lima) JP, JP materi, JP diakui",
    r"tugas saya|perlu didorong": "Perlu tindak lanjut, Perlu pendampingan",
    r"^dasar:?$|^dasar: .*": "Dasar hukum",
    r"^kembali$": "Batal (in a dialog); a link back says where to",
    r"pengajar": "Narasumber, Fasilitator",
    r"ajukan peninjauan": "Ajukan penilaian ulang",
    r"approvers?|verifikator": "atasan",
    r"approve|reject": "setujui, tolak",
    r"gap|perlu dikuatkan": "kesenjangan, perlu dikembangkan",
    r"(?<!\()skj": "standar jabatan",
    r"online|offline|luring": "daring, tatap muka",
    r"surel|e-mail": "email",
    r"password": "kata sandi",
    r"opd|skpd": "perangkat daerah, unit",
    r"filters?|sort": "saring, urutkan",
    r"upload|download": "unggah, unduh",
    r"notifikasi": "pemberitahuan",
    r"on track|deadline": "di jalur, arah hari ini",
    r"slip|token|otp": "lembar aktivasi, kode aktivasi",
    r"pin": "kode cek",
    r"nominasi|reserve|slot": "usulan peserta, cadangan, kursi tanpa nama",
    r"waiting list": "daftar tunggu, penawaran kursi",
    r"prediksi|skor": "simulasi, nilai resmi",
    r"70\W{1,3}20\W{1,3}10": "dari pekerjaan, dari rekan dan mentor, dari kelas dan daring",
    r"subtitles?|alt text": "takarir, keterangan gambar",
    r"publish|rilis": "terbitkan versi n",
    r"logs?": "jejak audit",
    r"mailbox|outbox": "kotak surat",
}
WORDS = [
    (re.compile(rf"(?<![\w./-])(?:{pattern})(?![\w/-])", re.IGNORECASE), to)
    for pattern, to in INSTEAD.items()
]

# Where such a word stands for something else: part of a path, the exact words around it, the reason.
ALLOWED = [
    ("management/supervisor.py", "--log-level warning", "an option of the web server, shown to nobody"),
    ("common/hours.py", "diklat", "reads how people's files write hours: 20 jam diklat"),
]


@dataclass(frozen=True)
class Found:
    place: str
    word: str
    text: str
    instead: str


def everything(root: Path) -> Iterator[Found]:
    for folder in ROOTS:
        for path in sorted((root / folder).rglob("*")):
            inside = path.relative_to(root)
            if path.is_file() and not set(inside.parts) & set(UNREAD) and not path.name.endswith(".min.js"):
                yield from in_file(path, str(inside))


def in_file(path: Path, name: str) -> Iterator[Found]:
    read = {".py": of_python, ".html": of_template, ".txt": of_template, ".js": of_script, ".typ": of_typst}
    if path.suffix in read:
        for line, text in read[path.suffix](path.read_text()):
            for word, instead in in_text(text):
                if not any(part in name and around in text for part, around, _why in ALLOWED):
                    yield Found(f"{name}:{line}", word, " ".join(text.split())[:160], instead)


def in_text(text: str) -> Iterator[tuple[str, str]]:
    """Each word that should not be there, with what to write."""
    whole = " ".join(text.split())
    for pattern, instead in WORDS:
        for match in pattern.finditer(whole):
            yield match.group(), instead


def of_python(source: str) -> Iterator[tuple[int, str]]:
    """String literals that look like words: with a space or a capital, or handed to something that shows them."""
    tree = ast.parse(source)
    hidden, shown = _documentation(tree), _spoken(tree)
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in hidden:
            text = node.value
            if " " in text.strip() or text[:1].isupper() or id(node) in shown:
                yield node.lineno, text


def _documentation(tree: ast.AST) -> set[int]:
    return {
        id(node.value)
        for node in ast.walk(tree)
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)
    }


def _spoken(tree: ast.AST) -> set[int]:
    found: set[int] = set()
    for call in ast.walk(tree):
        if isinstance(call, ast.Call):
            if isinstance(call.func, ast.Name) and call.func.id in SPEAKS:
                found |= {id(argument) for argument in call.args}
            found |= {id(keyword.value) for keyword in call.keywords if keyword.arg in SHOWN}
    return found


_COMMENT = re.compile(r"\{#.*?#\}|\{% comment %\}.*?\{% endcomment %\}|<!--.*?-->", re.DOTALL)
_SAID = re.compile(r"\{%\s*translate\s+(\"[^\"]*\"|'[^']*').*?%\}", re.DOTALL)
_CODE = re.compile(r"\{%.*?%\}|\{\{.*?\}\}", re.DOTALL)
_TAG = re.compile(r"<[^>]*>", re.DOTALL)
_ATTRIBUTE = re.compile(
    r"\s(?!class|id|for|name|type|href|src|action|method|hx-|role)([\w:-]+)=\"([^\"<>]*)\""
)


def of_template(source: str) -> Iterator[tuple[int, str]]:
    """Every text node, every sentence to translate, every attribute that is read or spoken."""
    text = _COMMENT.sub(lambda match: "\n" * match.group().count("\n"), source)
    for match in _ATTRIBUTE.finditer(text):
        yield _line(text, match.start()), _CODE.sub(" … ", match.group(2))
    text = _SAID.sub(lambda match: f"<>{match.group(1)[1:-1]}<>", text)
    text = _CODE.sub(lambda match: "…" + "\n" * match.group().count("\n"), text)
    start = 0
    for match in [*_TAG.finditer(text), None]:
        end = match.start() if match else len(text)
        if node := text[start:end].strip(" …\n\t"):
            yield _line(text, start), node
        start = match.end() if match else end


def of_script(source: str) -> Iterator[tuple[int, str]]:
    code = re.sub(r"//[^\n]*", "", source)
    for match in re.finditer(r"\"([^\"\n]*)\"|'([^'\n]*)'|`([^`]*)`", code):
        text = next(group for group in match.groups() if group is not None)
        if " " in text.strip() or text[:1].isupper():
            yield _line(code, match.start()), text


def of_typst(source: str) -> Iterator[tuple[int, str]]:
    """Text in strings with a space; typst's own code has the words gap and filter."""
    code = re.sub(r"//[^\n]*", "", source)
    for match in re.finditer(r"\"([^\"\n]* [^\"\n]*)\"", code):
        yield _line(code, match.start()), match.group(1)


def _line(text: str, position: int) -> int:
    return text.count("\n", 0, position) + 1
