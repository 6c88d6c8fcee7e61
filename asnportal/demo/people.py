"""Invented people for the demo city: a fixed seed gives the same people every time."""

import random
from dataclasses import dataclass
from datetime import date, timedelta

from asnportal.demo.career import Posts, set_career
from asnportal.people.models import Employee, Position, Unit, UnitHead

WOMEN = (
    "Aisyah Andini Aulia Citra Dahlia Dewi Elisabet Farida Fitriani Hasanah Indah Kartini Lina Maria Maulida "
)
WOMEN += "Nadia Noor Novita Nurul Puspita Rahmawati Ratna Rina Rosalia Salmah Sartika Siti Sulastri Wahyuni Yuliana"
MEN = "Abdul Adi Agus Ahmad Andi Bambang Benyamin Budi Darmawan Dedi Eko Fajar Firman Gunawan Hadi Hendra Heru Iwan "
MEN += "Joko Kristian Lukman Muhammad Rahman Rizal Rudi Samsul Slamet Sugeng Syahrul Taufik Wahyu Yohanes Yusuf Zainal"
LAST = "Anwar Arifin Darwis Effendi Fauzi Hakim Halim Handayani Harahap Hartati Hidayat Irawan Iskandar Jaya Kusuma "
LAST += "Lestari Maharani Mahmud Mulyadi Nasution Ngau Nugroho Nurdin Pratama Purnama Putra Rahayu Ramadhan Santoso "
LAST += "Saputra Setiawan Siregar Susanto Utami Wibowo Wijaya Yanti Yulianto Yunus"
TEAM_SIZE = 7


@dataclass(frozen=True)
class Plan:
    """How many people, from which seed, on which WITA day the city is looked at."""

    employees: int
    seed: int
    today: date


def staff(plan: Plan) -> list[Employee]:
    """The invented employees, saved, with heads for the units they work in. Supervisors are not computed here."""
    chance = random.Random(plan.seed)
    units = working_units(plan.employees, chance)
    heads = {unit.pk: head_position(unit) for unit in units}
    people = [person(chance, n, plan, leads=n < len(units)) for n in range(plan.employees)]
    keep_numbers_apart(people)
    posts = Posts()
    for number, one in enumerate(people):
        one.unit = units[number % len(units)]
        leads = heads[one.unit.pk] if number < len(units) else None
        one.position = leads or posts.draw(one.unit, chance)
        set_career(one, chance, leads=bool(leads), today=plan.today)
        if chance.random() < 0.7:
            one.email = f"{one.name.lower().replace(' ', '.')}.{one.nip[-3:]}@samarinda.example"
    Employee.objects.bulk_create(people, batch_size=1000)
    UnitHead.objects.bulk_create(
        UnitHead(unit=one.unit, employee=one, valid_from=plan.today - timedelta(days=400))
        for one in people[: len(units)]
        if heads[one.unit.pk]
    )
    return people


def keep_numbers_apart(people: list[Employee]) -> None:
    """Two people never share a NIP: the later one gets the next free serial."""
    taken: set[str] = set()
    for one in people:
        serial = int(one.nip[-3:])
        while one.nip in taken:
            serial = serial % 999 + 1
            one.nip = f"{one.nip[:-3]}{serial:03}"
        taken.add(one.nip)


def working_units(employees: int, chance: random.Random) -> list[Unit]:
    """As many units as teams fit: the offices the demo accounts work in first, then a fixed random choice."""
    wanted = ("01", "05", "05.01", "23", "23.03", "11", "11.01", "03", "23.00.1", "11.00.1", "10", "25")
    units = {unit.code: unit for unit in Unit.objects.filter(is_active=True).exclude(parent=None)}
    first = [units[code] for code in wanted if code in units]
    others = [unit for unit in units.values() if unit not in first]
    chance.shuffle(others)
    return (first + others)[: max(len(first), min(len(units), employees // TEAM_SIZE))]


def head_position(unit: Unit) -> Position | None:
    """The structural post that heads a unit, by its name or its kind."""
    named = Position.objects.filter(kind=Position.Kind.STRUCTURAL)
    kinds = {
        "Bidang": "Kepala Bidang",
        "Kelurahan": "Lurah",
        "Kecamatan": "Camat",
        "Subbagian": "Kepala Subbagian Umum dan Kepegawaian",
        "Puskesmas": "Kepala Puskesmas",
        "UPTD": "Kepala UPTD",
        "Inspektur Pembantu": "Inspektur Pembantu",
    }
    if unit.kind in kinds:
        return named.filter(name=kinds[unit.kind]).first()
    if unit.code == "01":
        return named.filter(name="Sekretaris Daerah").first()
    return named.filter(unit_group=unit.code, echelon__startswith="II").order_by("code").first()


def person(chance: random.Random, number: int, plan: Plan, *, leads: bool = False) -> Employee:
    """Somebody: name, sex, birth date and a valid NIP that agrees with them. Heads are PNS."""
    male = chance.random() < 0.5
    name = f"{chance.choice((MEN if male else WOMEN).split())} {chance.choice(LAST.split())}"
    born = date(chance.randint(1970, 1998), chance.randint(1, 12), chance.randint(1, 28))
    pppk = chance.random() < 0.22 and not leads
    kind = Employee.Kind.PPPK if pppk else Employee.Kind.PNS
    if pppk and chance.random() < 0.25:
        kind = Employee.Kind.PPPK_PW
    started = max(born.year + 23, 2021 if pppk else 1995 + number % 25)
    started = min(started, plan.today.year - 1)
    month = 21 if pppk else number // 999 % 12 + 1
    nip = f"{born:%Y%m%d}{started}{month:02}{1 if male else 2}{number % 999 + 1:03}"
    return Employee(
        nip=nip,
        name=name,
        sex=Employee.Sex.MALE if male else Employee.Sex.FEMALE,
        birth_date=born,
        kind=kind,
        appointed_on=date(started, 1 if pppk else month, 1),
        legal_status="Aktif",
    )
