"""Check the PDF of a certificate: its seal, and what the register knows of these bytes."""

import json
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from asnportal.common.dates import format_date, format_moment
from training.services.certificate_check import Check, check


class Command(BaseCommand):
    help = "Memeriksa PDF sertifikat: segel elektronik dan register. Keluar dengan 1 bila tidak berlaku."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path, metavar="FILE.pdf")
        parser.add_argument("--report", type=Path, metavar="FILE.json", help="tulis hasil sebagai JSON")

    def handle(self, *, file: Path, report: Path | None, **options: Any) -> None:
        try:
            found = check(file.read_bytes())
        except OSError as error:
            raise CommandError(f"{file} tidak dapat dibaca.", returncode=2) from error
        for line in self.lines(found):
            self.stdout.write(line)
        if report:
            report.write_text(json.dumps(found.to_json(), indent=1, ensure_ascii=False))
        if not found.valid:
            raise CommandError("Tidak berlaku.", returncode=1)

    def lines(self, found: Check) -> list[str]:
        seal = found.seal
        if not seal.sealed:
            first = "Segel: tidak ada"
        else:
            whole = (
                "utuh" if seal.intact and seal.covers_whole_file else "RUSAK: berkas berubah sesudah disegel"
            )
            key = "kunci portal ini" if seal.own_key else "kunci lain"
            at = f", {format_moment(seal.signed_at)}" if seal.signed_at else ""
            first = f"Segel: {whole}, {seal.signer or 'tanpa nama'} ({key}){at}"
        if found.number is None:
            return [first, "Register: berkas ini tidak pernah diterbitkan portal ini"]
        state = f"Register: {found.number}, cetakan {found.version}, {found.state}"
        if found.revoked_on:
            state += f" {format_date(found.revoked_on)} ({found.revoked_kind})"
        return [first, state, f"Atas nama: {found.name}", f"Pelatihan: {found.title}"]
