"""The code on pages, slips and certificates."""

import io

import segno
import zxingcpp
from PIL import Image

from asnportal.common.qr import qr_code

ADDRESS = "https://belajar.contoh.test/verifikasi/Zk3vQ9xw7TnR2sLbYh5mUA/"


def test_the_drawing_holds_the_same_modules_as_the_code() -> None:
    code = qr_code(ADDRESS)
    expected = [bytes(row) for row in segno.make_qr(ADDRESS, error="m", boost_error=False).matrix]
    drawn = [bytearray(code.modules) for _ in range(code.modules)]
    for command in code.path.split("M")[1:]:
        at, length = command.split("h")
        x, y = at.split(" ")
        row = int(float(y))
        for column in range(int(x), int(x) + int(length)):
            drawn[row][column] = 1
    assert [bytes(row) for row in drawn] == expected


def test_another_program_reads_it_with_error_correction_m() -> None:
    picture = io.BytesIO()
    segno.make_qr(ADDRESS, error="m", boost_error=False).save(picture, kind="png", scale=4)
    (read,) = zxingcpp.read_barcodes(Image.open(picture))
    assert (read.text, read.ec_level) == (ADDRESS, "M")


def test_with_a_label_it_is_an_image_with_a_name_and_the_label_is_escaped() -> None:
    svg = qr_code(ADDRESS).svg(label='Kode "satu" <b>')
    assert 'role="img" aria-label="Kode &quot;satu&quot; &lt;b&gt;"' in svg
    assert "aria-hidden" not in svg


def test_without_a_label_it_is_decoration_and_needs_no_style() -> None:
    svg = qr_code(ADDRESS).svg()
    assert 'aria-hidden="true"' in svg
    assert "style" not in svg
    assert f'viewBox="-4 -4 {qr_code(ADDRESS).modules + 8} {qr_code(ADDRESS).modules + 8}"' in svg
