"""The printed certificate: two pages, everything on them, the standards that the file declares."""

import io
import json
import multiprocessing
import re
import shutil
import subprocess
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
import typst
import zxingcpp
from PIL import Image
from pypdf import PdfReader

from asnportal.common.errors import Refusal
from tests.factories import printed_facts
from tests.services import SERVICES
from training.services import certificate_pdf
from training.services.certificate_facts import format_period
from training.services.certificate_pdf import (
    CertificateFacts,
    Signatory,
    Subject,
    render,
    spell_number,
    unprintable,
)

ADDRESS = "https://belajar.contoh.test/verifikasi/Zk3vQ9xw7TnR2sLbYh5mUA/"
LONG_TITLE = (
    "Pelatihan Penyusunan Standar Operasional Prosedur Administrasi Pemerintahan dan Standar Pelayanan "
    "Publik Berbasis Survei Kepuasan Masyarakat bagi Aparatur Kecamatan dan Kelurahan di Lingkungan "
    "Pemerintah Kota Samarinda Tahun Anggaran 2026 Angkatan Kedua"
)


def read(facts: CertificateFacts, **options: Any) -> PdfReader:
    return PdfReader(io.BytesIO(render(facts, verify_url=ADDRESS, **options)))


def words(reader: PdfReader) -> list[str]:
    """The text of each page with single spaces."""
    return [" ".join(page.extract_text().split()) for page in reader.pages]


def picture(facts: CertificateFacts, page: int, directory: Path) -> Image.Image:
    """One page at 150 dots per inch, drawn by poppler; by typst where poppler is missing."""
    if shutil.which("pdftoppm"):
        source = directory / "sertifikat.pdf"
        source.write_bytes(render(facts, verify_url=ADDRESS))
        subprocess.run(
            ["pdftoppm", "-r", "150", "-png", "-f", str(page), "-l", str(page), source, directory / "p"],
            check=True,
        )
        return Image.open(directory / f"p-{page}.png")
    assert not SERVICES, "make test-services needs poppler-utils"
    data = json.dumps(certificate_pdf.printed(facts, ADDRESS) | {"partner_logo": ""})
    pages = certificate_pdf._compiler().compile(
        sys_inputs={"facts": data, "fit": "first"}, format="png", ppi=150
    )
    return Image.open(io.BytesIO(pages[page - 1]))


# --- what is printed ------------------------------------------------------------------------------


def test_front_and_back_say_everything() -> None:
    facts = printed_facts(
        rank="Penata Muda Tk. I (III/b)", result="Baik (86)", record="Kehadiran 100 persen."
    )
    front, back = words(read(facts))
    for text in (
        "Pemerintah Kota Samarinda",
        "Nomor 800.2.3/04821/09/2026",
        "Kode cek 7HXT-4PQM",
        "Sertifikat",
        "Rahmawati Contoh, S.Sos.",
        "NIP 19890412 201503 2 004",
        "Penata Muda Tk. I (III/b)",
        "Penelaah Teknis Kebijakan",
        "Dinas Percontohan",
        "atas keikutsertaan dan kelulusannya dalam",
        "Pelatihan Literasi Digital bagi Aparatur",
        "yang diselenggarakan Dinas Komunikasi dan Informatika bersama BKPSDM Kota Samarinda.",
        "21–22 September 2026",
        "Jumlah JP 5 (lima) JP",
        "Baik (86)",
        "Aula BKPSDM",
        "Samarinda, 24 September 2026",
        "Kepala BKPSDM Kota Samarinda",
        "Disegel secara elektronik",
        "Kepala Contoh, M.Si.",
        "belajar.contoh.test/verifikasi",
    ):
        assert text in front
    for text in (
        "800.2.3/04821/09/2026",
        "1 Mengenali sumber informasi yang tepercaya Ir. Lidya Contoh, M.T. 1",
        "Jumlah 5",
        "jam pelajaran) setara 45 menit. Kehadiran 100 persen.",
        "Dokumen ini sah tanpa tanda tangan basah.",
    ):
        assert text in back


def test_T10_the_print_names_the_only_address_where_it_can_be_checked() -> None:
    assert "Alamat pemeriksaan yang sah hanya belajar.contoh.test." in words(read(printed_facts()))[1]


def test_jp_diakui_stands_beside_jp_materi_only_where_it_differs() -> None:
    same = words(read(printed_facts(jp_recognised=Decimal("5.00"), legal_basis="PerLAN 10/2018")))[0]
    other = words(read(printed_facts(jp_recognised=Decimal("38.40"), legal_basis="PerLAN 10/2018")))[0]
    assert "JP diakui" not in same
    assert "JP materi 5 (lima) JP JP diakui 38,4 JP Dasar hukum: PerLAN 10/2018" in other


def test_a_guest_has_an_institution_and_no_number() -> None:
    front = words(
        read(printed_facts(nip="", post="", unit="Universiti Contoh", statement="sebagai narasumber dalam"))
    )[0]
    assert "Universiti Contoh sebagai narasumber dalam" in front
    assert "19890412" not in front


def test_two_signatories_and_a_partner_stand_side_by_side() -> None:
    both = (
        Signatory("Rektor Universitas Contoh", "Prof. Rektor Contoh, M.Si."),
        Signatory("Kepala BKPSDM Kota Samarinda", "Kepala Contoh, M.Si.", "Pembina Utama Muda", "1967"),
    )
    logo = io.BytesIO()
    Image.new("RGBA", (300, 200), (20, 90, 160, 128)).save(logo, "PNG")
    named = words(read(printed_facts(signatories=both, partner="Universitas Contoh")))[0]
    drawn = read(printed_facts(signatories=both, partner="Universitas Contoh"), partner_logo=logo.getvalue())
    assert "bersama Universitas Contoh" in named
    assert "Prof. Rektor Contoh, M.Si." in named
    assert "Kepala Contoh, M.Si. Pembina Utama Muda NIP 1967" in named
    assert len(drawn.pages) == 2
    assert "Logo Universitas Contoh" in alternative_texts(drawn)


def test_a_corrected_print_says_which_version_it_is() -> None:
    assert "(versi 2)" in words(read(printed_facts(version=2)))[0]
    assert "versi" not in words(read(printed_facts()))[0]


def test_markup_in_a_name_prints_as_written() -> None:
    name = 'Siti #let x *b* $y$ <i> \\ "Contoh" @a'
    assert name in words(read(printed_facts(name=name)))[0]


@pytest.mark.parametrize(
    ("name", "size"),
    [
        ("Siti Contoh", 31),
        ("Dr. H. Muhammad Contoh Nasaruddin, M.Si.", 26),
        ("Prof. Dr. Ir. H. Muhammad Contoh Nasaruddin, S.T., M.T., M.Eng.", 22),
        (
            "Prof. Dr. Ir. H. Muhammad Syahruddin Nasaruddin Al-Contoh, S.T., M.T., M.Eng., Ph.D., IPU., ASEAN Eng.",
            22,
        ),
    ],
)
def test_long_names_step_down_and_then_take_two_lines(name: str, size: int) -> None:
    sizes: set[float] = set()

    def note(text: str, _cm: object, tm: list[float], font: dict[str, Any] | None, points: float) -> None:
        if text.strip() and font and "Fraunces" in font["/BaseFont"] and "Sertifikat" not in text:
            sizes.add(round(abs(points * tm[3]), 1))

    read(printed_facts(name=name)).pages[0].extract_text(visitor_text=note)
    assert size in sizes


@pytest.mark.parametrize("rows", [1, 9, 10, 19, 29])
def test_any_list_of_subjects_that_can_be_read_takes_one_page(rows: int) -> None:
    subjects = tuple(
        Subject(f"Materi {n}", 2, "Arif Contoh", "Analisis, level 2") for n in range(1, rows + 1)
    )
    reader = read(printed_facts(subjects=subjects, jp=2 * rows))
    assert len(reader.pages) == 2
    assert f"Materi {rows} " in words(reader)[1]
    assert f"Jumlah {2 * rows}" in words(reader)[1]


def test_the_longest_facts_still_take_two_pages_and_lose_nothing() -> None:
    facts = printed_facts(
        name="Prof. Dr. Ir. H. Muhammad Syahruddin Nasaruddin Contoh, S.T., M.T., M.Eng., Ph.D., IPU., ASEAN Eng.",
        title=LONG_TITLE,
        post="Analis Sumber Daya Manusia Aparatur Ahli Muda selaku Sub-Koordinator Pengembangan Kompetensi",
        unit="UPTD Balai Pelayanan Sosial Contoh, Dinas Sosial dan Pemberdayaan Masyarakat Kota Samarinda",
        start=date(2026, 12, 29),
        end=date(2027, 1, 3),
        venue="Gedung Pusat Pelatihan dan Pengembangan, Jalan Contoh Nomor 1, Samarinda",
        jp_recognised=Decimal("38.40"),
        legal_basis="Peraturan LAN Nomor 10 Tahun 2018",
        subjects=tuple(Subject(f"{n} {LONG_TITLE[:90]}", 1, "Arif Contoh, S.Kom.") for n in range(14)),
        jp=14,
    )
    reader = read(facts)
    assert len(reader.pages) == 2
    for text in (
        facts.name,
        facts.title,
        facts.post,
        facts.unit,
        facts.venue,
        "29 Desember 2026 – 3 Januari 2027",
    ):
        assert text in words(reader)[0]


@pytest.mark.parametrize(
    "changes",
    [
        {"title": LONG_TITLE * 8},
        {"name": "Siti Contoh Panjang " * 15},
        {"subjects": tuple(Subject(f"Materi {n}", 1) for n in range(60)), "jp": 60},
    ],
)
def test_what_cannot_be_read_on_two_pages_is_refused(changes: dict[str, Any]) -> None:
    with pytest.raises(Refusal) as refusal:
        render(printed_facts(**changes), verify_url=ADDRESS)
    assert refusal.value.code == "too_long"


def test_a_back_that_does_not_sum_to_the_front_is_refused() -> None:
    subjects = tuple(Subject(f"Materi {n}", 6) for n in range(3))
    with pytest.raises(Refusal, match="berjumlah 18, di halaman depan 20") as refusal:
        render(printed_facts(jp=20, subjects=subjects), verify_url=ADDRESS)
    assert refusal.value.code == "jp_mismatch"


@pytest.mark.parametrize("count", [0, 3])
def test_one_or_two_sign(count: int) -> None:
    with pytest.raises(Refusal) as refusal:
        render(printed_facts(signatories=(Signatory("Kepala", "Contoh"),) * count), verify_url=ADDRESS)
    assert refusal.value.code == "signatories"


def test_a_logo_that_is_no_picture_is_refused() -> None:
    with pytest.raises(Refusal) as refusal:
        render(printed_facts(), verify_url=ADDRESS, partner_logo=b"<svg onload=alert(1)>")
    assert refusal.value.code == "logo"


# --- letters ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "text", ["Šušteršič", "Ṣāliḥ Ṭāhā", "Nguyễn Thị", "O’Brien – “Contoh”", "≥ 80%", "a → b"]
)
def test_letters_of_names_that_occur_are_printable(text: str) -> None:
    assert unprintable(text) == set()
    assert len(read(printed_facts(name=text)).pages) == 2


@pytest.mark.parametrize(
    ("text", "missing"),
    [("ʿAli", {"ʿ"}), ("李 Contoh", {"李"}), ("Siti 😀", {"😀"}), ("a\u202eb", {"\u202e"}), ("a\nb", {"\n"})],
)
def test_letters_outside_the_fonts_are_named_and_refused(text: str, missing: set[str]) -> None:
    assert unprintable(text) == missing
    for facts in (printed_facts(name=text), printed_facts(subjects=(Subject(text, 5),))):
        with pytest.raises(Refusal, match="tidak dapat dicetak") as refusal:
            render(facts, verify_url=ADDRESS)
        assert refusal.value.code == "unprintable"


def test_a_decomposed_name_is_printed_composed() -> None:
    assert unprintable("S\u030citi") == set()
    assert "Šiti Contoh" in words(read(printed_facts(name="S\u030citi Contoh")))[0]


def test_the_list_of_letters_is_what_the_fonts_hold() -> None:
    """Typst refuses PDF/A with a letter that no font has: the whole list passes, others do not."""
    fonts = typst.Fonts(
        include_system_fonts=False,
        include_embedded_fonts=False,
        font_paths=[certificate_pdf.REFERENCE / "fonts"],
    )
    page = '#set document(title: "x")\n#set text(lang: "id", font: ("Plus Jakarta Sans", "Fraunces"))\n#sys.inputs.t'

    def prints(text: str) -> bool:
        try:
            typst.compile(
                page.encode(),
                font_paths=fonts,
                sys_inputs={"t": text},
                pdf_standards=["a-2a", "ua-1"],
                format="pdf",
            )
        except typst.TypstError as error:
            if "could not be displayed" not in str(error):
                raise
            return False
        return True

    assert prints(" ".join(chr(code) for code in sorted(certificate_pdf._letters())))
    assert not any(prints(letter) for letter in ("ʿ", "李", "Ж"))


# --- the file --------------------------------------------------------------------------------------


def alternative_texts(reader: PdfReader) -> list[str]:
    texts, todo = [], [reader.root_object["/StructTreeRoot"]]
    while todo:
        node = todo.pop().get_object()
        if isinstance(node, list):
            todo.extend(node)
        elif isinstance(node, dict):
            texts += [str(node["/Alt"])] if "/Alt" in node else []
            todo += [node["/K"]] if "/K" in node else []
    return texts


def structure_roles(reader: PdfReader) -> set[str]:
    roles, todo = set(), [reader.root_object["/StructTreeRoot"]]
    while todo:
        node = todo.pop().get_object()
        if isinstance(node, list):
            todo.extend(node)
        elif isinstance(node, dict):
            roles.add(str(node.get("/S")))
            todo += [node["/K"]] if "/K" in node else []
    return roles


def test_the_file_declares_pdf_a_2a_and_pdf_ua_1() -> None:
    xmp = read(printed_facts()).root_object["/Metadata"].get_object().get_data().decode()
    assert re.search(r"pdfaid:part(>|=.)2", xmp)
    assert re.search(r"pdfaid:conformance(>|=.)A", xmp)
    assert re.search(r"pdfuaid:part(>|=.)1", xmp)
    assert "Sertifikat Rahmawati Contoh, S.Sos.: Pelatihan Literasi Digital bagi Aparatur" in xmp


def test_the_file_is_tagged_in_indonesian_with_output_intent_and_title() -> None:
    root = read(printed_facts()).root_object
    assert root["/MarkInfo"]["/Marked"]
    assert root["/Lang"] == "id"
    assert root["/ViewerPreferences"]["/DisplayDocTitle"]
    assert root["/StructTreeRoot"]["/Type"] == "/StructTreeRoot"
    assert [intent.get_object()["/S"] for intent in root["/OutputIntents"]] == ["/GTS_PDFA1"]


def test_headings_table_and_pictures_have_their_roles() -> None:
    reader = read(printed_facts())
    assert {"/H1", "/H2", "/Table", "/THead", "/TBody", "/TR", "/TH", "/TD", "/Figure"} <= structure_roles(
        reader
    )
    assert alternative_texts(reader).count(f"Kode QR menuju {ADDRESS}") == 2


def test_all_fonts_are_ours_and_embedded() -> None:
    names = set()
    for page in read(printed_facts(name="Ṣāliḥ Šušteršič")).pages:
        for font in page["/Resources"]["/Font"].values():
            (descendant,) = font["/DescendantFonts"]
            described = descendant.get_object()["/FontDescriptor"]
            assert "/FontFile2" in described or "/FontFile3" in described
            names.add(str(described["/FontName"]).split("+")[1])
    assert names == {"Fraunces-SemiBold", "PlusJakartaSans-Regular", "PlusJakartaSans-Bold"}


def test_pages_are_a4_landscape() -> None:
    for page in read(printed_facts()).pages:
        width, height = (float(side) / 72 * 25.4 for side in page.mediabox[2:])
        assert (round(width), round(height)) == (297, 210)


def test_the_same_facts_give_the_same_bytes() -> None:
    assert render(printed_facts(), verify_url=ADDRESS) == render(printed_facts(), verify_url=ADDRESS)


def test_threads_may_set_certificates_at_the_same_time() -> None:
    names = [f"Peserta {n}" for n in range(12)]
    with ThreadPoolExecutor(4) as pool:
        fronts = pool.map(lambda name: words(read(printed_facts(name=name)))[0], names)
    assert [name in front for name, front in zip(names, fronts, strict=True)] == [True] * 12


def test_a_forked_child_says_so_instead_of_waiting_for_ever() -> None:
    read(printed_facts())
    child = multiprocessing.get_context("fork").Process(target=refused_after_fork)
    child.start()
    child.join(timeout=20)
    child.kill()
    assert child.exitcode == 0


def refused_after_fork() -> None:
    with pytest.raises(RuntimeError, match="forked"):
        render(printed_facts(), verify_url=ADDRESS)


@pytest.mark.parametrize("side", [1, 2])
def test_the_code_on_each_side_is_read_by_a_second_program(side: int, tmp_path: Path) -> None:
    (found,) = zxingcpp.read_barcodes(picture(printed_facts(), side, tmp_path))
    assert (found.text, found.ec_level) == (ADDRESS, "M")
    width = found.position.top_right.x - found.position.top_left.x
    assert width / 150 * 25.4 >= 25


def test_qpdf_finds_nothing_wrong(tmp_path: Path) -> None:
    if not shutil.which("qpdf"):
        assert not SERVICES, "make test-services needs qpdf"
        pytest.skip("qpdf is not installed")
    source = tmp_path / "sertifikat.pdf"
    source.write_bytes(render(printed_facts(), verify_url=ADDRESS))
    subprocess.run(["qpdf", "--check", source], check=True, capture_output=True)


# --- facts and words -------------------------------------------------------------------------------


def test_facts_survive_freezing_as_json() -> None:
    facts = printed_facts(jp_recognised=Decimal("38.40"), legal_basis="PerLAN 10/2018")
    frozen = json.loads(json.dumps(facts.to_json()))
    assert CertificateFacts.from_json(frozen) == facts
    assert CertificateFacts.from_json(frozen | {"later": 1}) == facts
    assert str(CertificateFacts.from_json(frozen).jp_recognised) == "38.40"


@pytest.mark.parametrize(
    ("number", "text"),
    [
        (0, "nol"),
        (5, "lima"),
        (10, "sepuluh"),
        (11, "sebelas"),
        (12, "dua belas"),
        (20, "dua puluh"),
        (45, "empat puluh lima"),
        (100, "seratus"),
        (111, "seratus sebelas"),
        (900, "sembilan ratus"),
        (1000, "seribu"),
        (1500, "seribu lima ratus"),
        (11_000, "sebelas ribu"),
        (999_999, "sembilan ratus sembilan puluh sembilan ribu sembilan ratus sembilan puluh sembilan"),
    ],
)
def test_numbers_are_spelled(number: int, text: str) -> None:
    assert spell_number(number) == text


@pytest.mark.parametrize("number", [-1, 1_000_000])
def test_numbers_out_of_range_are_not_spelled(number: int) -> None:
    with pytest.raises(ValueError, match=str(number)):
        spell_number(number)


@pytest.mark.parametrize(
    ("start", "end", "text"),
    [
        (date(2026, 9, 21), date(2026, 9, 21), "21 September 2026"),
        (date(2026, 9, 21), date(2026, 9, 22), "21–22 September 2026"),
        (date(2026, 4, 30), date(2026, 5, 2), "30 April – 2 Mei 2026"),
        (date(2026, 12, 29), date(2027, 1, 3), "29 Desember 2026 – 3 Januari 2027"),
    ],
)
def test_periods_are_written_in_full(start: date, end: date, text: str) -> None:
    assert format_period(start, end) == text
