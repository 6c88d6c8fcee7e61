"""Partners from the csv layout of the city; each is a provider too."""

from collections.abc import Iterable, Mapping
from datetime import date

from asnportal.common.upsert import Counts, upsert
from partners.models import Partner
from training.models import Provider

Row = Mapping[str, str]


def load_partners(rows: Iterable[Row]) -> Counts:
    """partners.csv by code; a partner whose agreement is still a draft stays inactive."""
    rows = list(rows)
    upsert(
        Provider,
        "code",
        (
            {
                "code": row["kode"],
                "name": row["nama"],
                "short_name": row["singkatan"],
                "kind": row["jenis"],
                "city": row["kota"],
                "country": row["negara"],
                "website": row["situs"],
            }
            for row in rows
        ),
    )
    providers = dict(Provider.objects.values_list("code", "pk"))
    return upsert(
        Partner,
        "provider_id",
        (
            {
                "provider_id": providers[row["kode"]],
                "email": row["surel"],
                "phone": row["telepon"],
                "contact": row["narahubung"],
                "is_active": row["status"] == "Aktif",
                "since": date.fromisoformat(row["mulai"]) if row["mulai"] else None,
                "until": date.fromisoformat(row["berakhir"]) if row["berakhir"] else None,
            }
            for row in rows
        ),
    )
