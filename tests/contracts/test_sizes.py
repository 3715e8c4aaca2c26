"""Small files, as the house has them."""

from pathlib import Path
from statistics import median, quantiles

ROOT = Path(__file__).parents[2]
FILES = sorted([*ROOT.glob("participation/**/*.py"), *ROOT.glob("tests/**/*.py")])
LINES = {path.relative_to(ROOT).as_posix(): len(path.read_text("utf-8").splitlines()) for path in FILES}


def test_no_file_is_longer_than_400_lines():
    assert {name: count for name, count in LINES.items() if count > 400} == {}


def test_95_of_100_files_have_fewer_than_250_lines():
    assert quantiles(LINES.values(), n=20)[-1] < 250


def test_the_median_file_has_fewer_than_100_lines():
    assert median(LINES.values()) < 100


def test_no_file_is_named_for_nothing_in_particular():
    vague = {"utils", "helpers", "common", "core", "base", "manager", "misc"}
    assert [name for name in LINES if Path(name).stem in vague] == []
