"""The components: what they compute and what HTML comes out."""

from dataclasses import dataclass

import pytest
from django import forms
from django.core.paginator import Paginator
from django.template import engines
from django.test import RequestFactory
from django.utils import translation
from django_cotton.compiler_regex import CottonCompiler

from asnportal.common.forms import Form
from asnportal.common.templatetags.bagian import (
    Fault,
    Thread,
    device,
    faults,
    in_words,
    percent,
    ring_threads,
    unbroken,
)


def draw(source: str, url: str = "/contoh/?q=air&page=2", **context: object) -> str:
    template = engines["django"].from_string(CottonCompiler().process(source))
    return template.render(context, RequestFactory().get(url)).strip()


class Sample(Form):
    name = forms.CharField(label="Nama", help_text="Seperti di surat.")
    mode = forms.ChoiceField(label="Cara", widget=forms.RadioSelect, choices=[("a", "A"), ("b", "B")])
    note = forms.CharField(label="Catatan", required=False)
    hidden = forms.CharField(widget=forms.HiddenInput)


def test_the_ring_has_one_thread_per_jp() -> None:
    assert ring_threads(done=2, planned=1, target=4) == [
        Thread("t", "0.84 3.16", "-3.08"),
        Thread("f", "0.84 0.16 0.84 2.16", "-0.08"),
        Thread("p", "0.84 3.16", "-2.08"),
    ]


def test_the_ring_is_never_more_than_full() -> None:
    assert [thread.css for thread in ring_threads(done=24, planned=6, target=20)] == ["f"]
    assert [thread.css for thread in ring_threads(done=0, planned=0, target=20)] == ["t"]


def test_above_forty_jp_the_ring_becomes_a_meter() -> None:
    assert 'class="meter"' in draw('<c-ring :done="10" :target="60" label="x" />')
    assert 'class="ring"' in draw('<c-ring :done="10" :target="40" label="x" />')


@pytest.mark.parametrize(
    ("part", "whole", "expected"),
    [(42, 100, "42%"), (1, 3, "33.33%"), (7, 0, "100%"), (-1, 5, "0%"), (None, 5, "0%"), (4031, 6502, "62%")],
)
def test_lengths_in_a_drawing_have_a_decimal_point_in_every_language(
    part: float, whole: float, expected: str
) -> None:
    with translation.override("id"):
        assert percent(part, whole) == expected


def test_short_badges_stay_on_one_line_and_long_ones_may_break() -> None:
    assert unbroken("Sisa 2 kursi") == "Sisa\u00a02\u00a0kursi"
    assert unbroken("Menunggu persetujuan atasan langsung") == "Menunggu persetujuan atasan langsung"


def test_a_badge_escapes_what_it_says() -> None:
    html = draw('<c-badge kind="warn" icon="users">{{ words }}</c-badge>', words="<b>2</b>")
    assert "<b>" not in html
    assert 'class="badge badge--warn"' in html
    assert "#i-users" in html


def test_the_summary_counts_in_words_and_links_to_each_field() -> None:
    form = Sample({})
    assert [in_words(1), in_words(10), in_words(11)] == ["Satu", "Sepuluh", "11"]
    assert faults(form) == [
        Fault("id_name", "Nama wajib diisi."),
        Fault("id_mode_0", "Cara wajib dipilih."),
        Fault("", "Isian wajib diisi."),
    ]
    html = draw('<c-errors :form="form" />', form=form)
    assert "Tiga isian perlu diperbaiki" in html
    assert '<a href="#id_name">Nama wajib diisi.</a>' in html
    assert "autofocus" in html


def test_an_error_of_the_whole_form_stands_first() -> None:
    form = Sample({"name": "x", "mode": "a", "hidden": "h"})
    form.add_error(None, "Jadwal bentrok.")
    assert faults(form) == [Fault("", "Jadwal bentrok.")]


def test_a_form_without_faults_has_no_summary() -> None:
    assert draw('<c-errors :form="form" />', form=Sample()) == ""


def test_a_field_is_label_then_hint_then_error_then_control() -> None:
    html = draw('<c-field :field="form.name" />', form=Sample({}))
    order = [html.index(mark) for mark in ("<label", 'class="hint"', 'class="error"', "<input")]
    assert order == sorted(order)
    assert 'aria-describedby="id_name_helptext id_name_error"' in html
    assert 'id="id_name_helptext"' in html
    assert 'id="id_name_error"' in html
    assert 'aria-invalid="true"' in html
    assert "required" not in html


def test_optional_fields_are_marked_not_required_ones() -> None:
    form = Sample()
    assert "(boleh kosong)" in draw('<c-field :field="form.note" />', form=form)
    assert "(boleh kosong)" not in draw('<c-field :field="form.name" />', form=form)


def test_a_page_may_give_its_own_hint_or_none() -> None:
    own = draw('<c-field :field="form.name" hint="Lain" />', form=Sample())
    assert 'id="id_name_helptext">Lain<' in own
    plain = draw('<c-field :field="form.name" plain="1" />', form=Sample())
    assert "helptext" not in plain


def test_radio_buttons_are_a_group_with_a_legend() -> None:
    html = draw('<c-field :field="form.mode" />', form=Sample())
    assert "<fieldset" in html
    assert "<legend" in html
    assert html.count('type="radio"') == 2


def test_pages_keep_the_question_that_was_asked() -> None:
    html = draw('<c-pages :page="page" />', page=Paginator(range(100), 10).page(2))
    assert 'href="?q=air&amp;page=3"' in html
    assert 'aria-current="page">2<' in html


def test_one_page_needs_no_paging() -> None:
    assert draw('<c-pages :page="page" />', page=Paginator(range(3), 10).page(1)) == ""


def test_a_heading_sorts_and_sorts_back() -> None:
    html = draw('<c-sort name="nama">Nama</c-sort>', url="/x/?urut=nama&page=4")
    assert 'aria-sort="ascending"' in html
    assert 'href="?urut=-nama"' in html


@dataclass(frozen=True)
class Step:
    state: str


def test_a_step_says_where_the_person_stands() -> None:
    html = draw('<c-step state="{{ s.state }}" title="Menunggu">Besok</c-step>', s=Step("now"))
    assert 'aria-current="step"' in html
    assert "#i-hourglass" in html


def test_attributes_of_a_component_do_not_leak_into_the_page() -> None:
    html = draw('<c-note kind="ok" title="Terkirim" level="3">Ya</c-note>')
    assert "kind=" not in html
    assert "<h3>Terkirim</h3>" in html


@pytest.mark.parametrize(
    ("user_agent", "expected"),
    [
        (
            "Mozilla/5.0 (Linux; Android 13; SM-A145F) AppleWebKit/537.36 Chrome/120.0 Mobile Safari/537.36",
            "Chrome di Android",
        ),
        ("Mozilla/5.0 (Windows NT 10.0; Win64; x64) Chrome/120.0 Safari/537.36 Edg/120.0", "Edge di Windows"),
        (
            "Mozilla/5.0 (iPhone; CPU iPhone OS 17_2 like Mac OS X) Version/17.2 Safari/604.1",
            "Safari di iPhone",
        ),
        ("curl/8.0", "Perangkat lain"),
        ("", "Perangkat lain"),
    ],
)
def test_a_device_has_the_name_that_people_use(user_agent: str, expected: str) -> None:
    assert device(user_agent) == expected
