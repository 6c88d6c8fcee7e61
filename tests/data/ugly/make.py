"""Makes the ugly files and what is expected of them: python -m tests.data.ugly.make [FOLDER]

Each file is one kind of trouble that data of real offices brings. All people are invented; units and
positions are those of the demo city. Beside each file stands FILE.json in the shape of the report of
import_employees and import_history: outcome per row for an empty database (histories: with the people of
tests/data/small), values of the rows that are written or held, and the problems that must be told (column
as printed, code; more may be told of a rejected row). "nip" and "values" of a rejected row are not told.
"""

import sys
from pathlib import Path

from tests.data.ugly import history, people_layouts, people_numbers, people_texts

SCENES = (
    people_numbers.numeric_nip,
    people_numbers.contract_staff,
    people_numbers.many_dates,
    people_numbers.disagreeing,
    people_numbers.names,
    people_numbers.ranks,
    people_numbers.units,
    people_layouts.siasn_export,
    people_layouts.seniority_list,
    people_layouts.later_sheet,
    people_layouts.formulas,
    people_layouts.blank_rows,
    people_layouts.merged_data,
    people_layouts.clash,
    people_layouts.no_number,
    people_texts.semicolons,
    people_texts.pipes,
    people_texts.tabs,
    people_texts.old_mac,
    people_texts.repeated,
    people_texts.html_table,
    people_texts.old_excel,
    history.periods,
    history.kursus,
    history.two_tiers,
)


def make(folder: Path) -> None:
    """Write every file and its expectation into a folder."""
    for scene in SCENES:
        scene(folder).save(folder)


if __name__ == "__main__":
    make(Path(sys.argv[1]) if len(sys.argv) > 1 else Path(__file__).parent)
