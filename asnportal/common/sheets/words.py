"""The headings of real offices, after `headings.normalise`: lower case, signs as spaces.

People: exports of SIASN, DUK lists, lists of local staff systems. History: SIASN kursus and diklat, and
local ones. A word that stands in no tuple here is not read.
"""

from asnportal.common.sheets.headings import Field, Vocabulary

_ABOUT_PEOPLE = (
    "identitas", "identitas pegawai", "identitas pns", "identitas asn", "data", "data pegawai", "data asn",
    "data pribadi", "biodata", "pegawai", "kepegawaian", "data kepegawaian",
)  # fmt: skip
_ABOUT_TRAINING = ("data pelatihan", "data diklat", "riwayat", "riwayat pelatihan", "pelatihan", "diklat")

NIP = Field(
    "nip",
    "NIP",
    (
        "nip", "nip baru", "nipbaru", "nip nrp", "nip ni pppk", "ni pppk", "nippppk", "nip nippppk",
        "nip pppk", "nip nipppk", "nipppk", "nip pegawai", "nomor induk pegawai",
        "nomor induk pegawai nip", "formatted nip",
    ),
)  # fmt: skip
NAME = Field(
    "name",
    "Nama",
    (
        "nama", "nama lengkap", "nama pegawai", "nama pns", "nama asn", "name", "nama gelar",
        "nama dan gelar", "nama lengkap dan gelar", "nama lengkap gelar", "nama beserta gelar",
        "nama pppk", "nama peserta",
    ),
)  # fmt: skip

PEOPLE = Vocabulary(
    "people",
    (
        NIP,
        NAME,
        Field("title_before", "Gelar depan", ("gelar depan", "glr depan", "gelardepan")),
        Field("title_after", "Gelar belakang", ("gelar belakang", "glr belakang", "gelarbelakang")),
        Field(
            "sex",
            "Jenis kelamin",
            ("jenis kelamin", "jeniskelamin", "jk", "l p", "lp", "kelamin", "gender", "sex", "jenis kelamin l p"),
        ),
        Field("birth_place", "Tempat lahir", ("tempat lahir", "tempat lahir nama", "tmpt lahir")),
        Field(
            "birth_date",
            "Tanggal lahir",
            (
                "tanggal lahir", "tgl lahir", "tgllahir", "tempat tgl lahir", "tempat tanggal lahir",
                "tempat dan tanggal lahir", "tempat dan tgl lahir", "tmpt tgl lahir", "ttl",
            ),
        ),
        Field(
            "status",
            "Status kepegawaian",
            ("status", "status pegawai", "status kepegawaian", "status asn", "jenis asn"),
        ),
        Field("status_code", "Status CPNS/PNS", ("status cpns pns", "statuscpnspns")),
        Field("employee_type", "Jenis pegawai", ("jenis pegawai nama", "jenis pegawai", "jenispegawainama")),
        Field(
            "legal_status",
            "Kedudukan hukum",
            ("kedudukan hukum nama", "kedudukan pns nama", "kedudukanpnsnama", "kedudukan hukum"),
        ),
        Field(
            "rank",
            "Golongan",
            (
                "gol", "golongan", "gol ruang", "golru", "golongan ruang", "gol akhir nama", "golruangakhir",
                "pangkat gol", "pangkat gol ruang", "pangkat golongan", "pangkat golru",
                "pangkat golongan ruang", "gol ruang terakhir", "golongan pppk", "gol pppk",
                "pangkat dan golongan", "pangkat dan gol ruang",
            ),
        ),
        Field(
            "rank_since",
            "TMT golongan",
            (
                "tmt golongan", "tmt gol", "tmt golru", "tmt pangkat", "tmtgolakhir", "pangkat tmt",
                "golongan tmt", "gol tmt", "tmt gol ruang", "gol ruang tmt", "pangkat gol tmt",
                "pangkat gol ruang tmt", "pangkat golongan tmt", "pangkat golongan ruang tmt",
            ),
        ),
        Field(
            "position",
            "Jabatan",
            (
                "jabatan", "nama jabatan", "jabatan nama", "jabatan terakhir", "jabatannama",
                "tampil jabatan", "posisi",
            ),
        ),
        Field("position_type", "Jenis jabatan", ("jenis jabatan", "jenis jabatan nama", "jabatan jenis")),
        Field("position_since", "TMT jabatan", ("tmt jabatan", "tmt jab", "tmtjabatan", "jabatan tmt")),
        Field("echelon", "Eselon", ("eselon", "eselon nama", "esl", "jabatan eselon")),
        Field(
            "unit",
            "Unit kerja",
            (
                "unit kerja", "unit organisasi", "unor", "unor nama", "unornama", "satuan kerja", "satker",
                "tempat tugas", "unit",
            ),
            ("satuan kerja kerja nama", "instansi"),
        ),
        Field(
            "opd",
            "Perangkat daerah",
            ("opd", "skpd", "perangkat daerah", "unor induk nama", "unorinduknama"),
            ("satuan kerja induk nama",),
        ),
        Field("education", "Pendidikan", ("pendidikan", "pendidikan terakhir", "pendidikan nama")),
        Field(
            "education_level",
            "Tingkat pendidikan",
            ("tingkat pendidikan nama", "tingkat pendidikan", "jenjang pendidikan"),
        ),
        Field(
            "graduation_year",
            "Tahun lulus",
            (
                "tahun lulus", "thn pendidikan", "thn lulus", "th lulus", "lulus tahun", "lulus thn",
                "pendidikan tahun lulus", "pendidikan thn lulus", "pendidikan th lulus", "pendidikan lulus th",
                "pendidikan lulus thn", "pendidikan lulus tahun",
            ),
        ),
        Field("cpns_since", "TMT CPNS/PPPK", ("tmt cpns", "tmtcpns", "tmt kerja", "tmt pppk")),
        Field("pns_since", "TMT PNS", ("tmt pns", "tmtpns")),
        Field("email", "Email dinas", ("email gov", "emailgov", "email dinas", "email pemerintah")),
    ),
    required=("nip", "name"),
    neutral=frozenset(_ABOUT_PEOPLE),
)  # fmt: skip

HISTORY = Vocabulary(
    "history",
    (
        NIP,
        NAME,
        Field(
            "title",
            "Nama pelatihan",
            (
                "nama diklat", "nama pelatihan", "namakursus", "nama kursus", "nama diklat bimtek seminar",
                "nama diklat pelatihan", "latihanstrukturalnama", "latihan struktural nama", "judul",
                "judul pelatihan", "nama kegiatan", "training name",
                "pelatihan nama", "diklat nama", "data pelatihan nama", "data diklat nama",
            ),
            ("jenis diklat",),
        ),
        Field(
            "organizer",
            "Penyelenggara",
            (
                "penyelenggara", "institusi penyelenggara", "institusipenyelenggara",
                "instansi penyelenggara", "pan", "lembaga penyelenggara", "organizer",
            ),
        ),
        Field(
            "form",
            "Bentuk",
            ("bentuk", "bentuk pelatihan", "bentuk pengembangan", "bentuk pengembangan kompetensi"),
            ("jenis diklat", "jenis pelatihan", "jenis pengembangan"),
        ),
        Field("programme", "Kode program", ("kode program", "kode pelatihan")),
        Field(
            "start",
            "Tanggal mulai",
            (
                "tanggal mulai", "tgl mulai", "tanggalkursus", "tanggal kursus", "tmulai", "tgmul",
                "start date", "mulai", "tanggal pelaksanaan mulai", "tgl pelaksanaan mulai",
                "waktu pelaksanaan mulai", "waktu mulai", "pelaksanaan mulai",
            ),
        ),
        Field(
            "end",
            "Tanggal selesai",
            (
                "tanggal selesai", "tgl selesai", "tanggalselesaikursus", "tanggal selesai kursus",
                "tanggalselesai", "tanggalakhirkursus", "tanggal akhir", "takhir", "tgsel", "end date",
                "selesai", "tanggal pelaksanaan selesai", "tgl pelaksanaan selesai",
                "waktu pelaksanaan selesai", "waktu selesai", "pelaksanaan selesai",
            ),
        ),
        Field(
            "period",
            "Tanggal pelaksanaan",
            (
                "tanggal pelaksanaan", "tgl pelaksanaan", "waktu pelaksanaan", "tanggal", "tgl",
                "tanggal diklat", "tanggal kegiatan",
            ),
        ),
        Field("year", "Tahun", ("tahun", "tahunkursus", "tahun kursus", "tahun diklat", "thn", "year")),
        Field(
            "jp",
            "JP",
            (
                "jp", "jml jp", "jumlah jp", "jumlah jam", "jumlahjam", "jumlah jam jp", "jam", "lama jam",
                "jam pelajaran", "jam pelajaran jp", "jml jam", "jumlah jam pelajaran", "jamhari",
                "duration hours", "durasi jam",
            ),
        ),
        Field(
            "number",
            "Nomor sertifikat",
            (
                "nomor sertifikat", "no sertifikat", "no sertifikat sttpp", "nosertipikat", "no sertipikat",
                "nomorsertipikat", "nomor sertipikat", "nomor sttpp", "no sttpp", "npiagam", "no piagam",
                "nosttpdikstru", "nomor sertifikat sttpp", "certificate number",
            ),
            ("nomor",),
        ),
        Field("status", "Status verifikasi", ("status verifikasi", "status", "keterangan verifikasi")),
    ),
    required=("nip", "title"),
    neutral=frozenset((*_ABOUT_PEOPLE, *_ABOUT_TRAINING)),
)  # fmt: skip
