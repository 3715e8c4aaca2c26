"""The pure parts of `make bench`: what wrk said, quantiles, judgement, the table, the configuration of nginx."""

from pathlib import Path

import pytest

from participation.demo.scale.copying import STEP
from tests.benchmarks import behind_nginx, wrk
from tests.benchmarks.browsing import Answer
from tests.benchmarks.figures import BEGIN, END, Line, Target, against_targets, put_between, quantile, table, thousands
from tests.benchmarks.gateway import Gateway
from tests.benchmarks.journeys import SHOWN, comments, letters, receipt_of
from tests.benchmarks.pages import Page
from tests.benchmarks.rounds import Found
from tests.benchmarks.storming import pace
from tests.benchmarks.whereabouts import OTHER, group

SAID = """Running 4s test @ http://127.0.0.1:8000/
  1 threads and 8 connections
  Thread Stats   Avg      Stdev     Max   +/- Stdev
    Latency     9.51ms    2.12ms  31.20ms   81.54%
    Req/Sec   845.20     50.31     0.95k    72.50%
  Latency Distribution
     50%    9.20ms
     75%   10.41ms
     90%   11.99ms
     99%    1.02s
  3374 requests in 4.01s, 5.11MB read
  Socket errors: connect 0, read 1, write 0, timeout 2
  Non-2xx or 3xx responses: 7
Requests/sec:    841.75
Transfer/sec:      1.27MB
"""


def test_wrk_is_read_with_its_units_and_every_kind_of_failure():
    assert wrk.parse(SAID) == wrk.Measured(rate=841.75, p50=9.2, p99=1020.0, requests=3374, errors=10)


def test_microseconds_and_no_failure():
    said = SAID.replace("9.20ms", "812.00us").replace("1.02s", "60.00ms")
    said = "\n".join(line for line in said.splitlines() if "errors" not in line and "Non-2xx" not in line)
    assert wrk.parse(said) == wrk.Measured(rate=841.75, p50=0.812, p99=60.0, requests=3374, errors=0)


def test_anything_else_is_no_measurement():
    with pytest.raises(ValueError, match="wrk said something else"):
        wrk.parse("unable to connect to 127.0.0.1:8000 Connection refused")


def test_a_quantile_is_one_of_the_values():
    assert [quantile([5, 1, 4, 2, 3], share) for share in (0.0, 0.5, 0.95, 1.0)] == [1, 3, 5, 5]
    assert quantile([], 0.95) == 0


def test_a_figure_reaches_its_aim_or_what_it_must_or_neither():
    least, most = Target(0.35, 0.5), Target(120, 90, most=True)
    assert [least.judged(figure) for figure in (0.5, 0.35, 0.349)] == ["aim", "must", "**no**"]
    assert [most.judged(figure) for figure in (90, 120, 120.1)] == ["aim", "must", "**no**"]


def test_the_table_names_figure_bounds_and_judgement():
    lines = [
        Line("letters a second", 88.0, "88", Target(100, 250)),
        Line("memory", 95.0, "95", Target(120, 90, most=True)),
    ]
    assert against_targets(lines).splitlines()[2:] == [
        "| letters a second | 88 | 100 | 250 | **no** |",
        "| memory | 95 | at most 120 | at most 90 | must |",
    ]
    assert table(("a", "b"), [("1", "2")]) == "| a | b |\n| --- | ---: |\n| 1 | 2 |\n"
    assert [thousands(number) for number in (1234.5, 12.34, 0.123)] == ["1,234", "12.3", "0.12"]


def test_the_section_is_put_in_place_and_the_others_stay():
    first = put_between("# Old\n\nkept\n", "one")
    assert first == f"# Old\n\nkept\n\n{BEGIN}\none\n{END}\n"
    assert put_between(first + "\n# Later\n", "two") == f"# Old\n\nkept\n\n{BEGIN}\ntwo\n{END}\n\n# Later\n"


def test_what_is_offered_follows_from_what_a_burst_managed():
    assert pace([50.0, 50.0]) == pytest.approx(55)
    assert pace([110.0, 110.0]) == 105
    assert pace([200.0, 200.0]) == pytest.approx(160)
    assert pace([900.0, 900.0]) == 262
    assert pace([0.0, 10.0]) == 10


def test_the_configuration_of_nginx_is_the_one_of_the_documentation():
    text = behind_nginx.adapted(behind_nginx.TEMPLATE.read_text("utf-8"), port=81, application=82, folder=Path("/f"))
    for said in (
        "listen 127.0.0.1:81;",
        "server 127.0.0.1:82;",
        "proxy_cache_path /f/cache levels",
        "proxy_cache_bypass",
    ):
        assert said in text
    for gone in ("ssl_", "return 301", "[::]", "example.gov.cn"):
        assert gone not in text


def test_a_template_that_says_something_else_is_refused():
    with pytest.raises(ValueError, match="the template"):
        behind_nginx.adapted("server { listen 80; }", port=1, application=2, folder=Path("/f"))


def test_a_receipt_is_an_answer_that_leads_to_one():
    kind = comments(5)
    assert receipt_of(kind, Answer(303, "/comments/receipt/12", b"")) == 12
    assert receipt_of(kind, Answer(303, "/comments/confirm/12", b"")) is None
    assert receipt_of(letters(), Answer(422, "", b"")) is None


def test_codes_are_read_from_page_and_message():
    gateway = Gateway(1)
    gateway.note({"to": "13800000001", "text": "【周村区】验证码 012345，10 分钟内有效。"})
    gateway.note({"to": "13800000001", "text": "您的意见已收到。"})
    assert (gateway.codes, gateway.messages) == ({"13800000001": "012345"}, 2)
    assert SHOWN.search("<p>验证码是 123456。</p>")


def test_time_is_booked_to_the_library_a_function_is_in():
    assert group("/x/site-packages/sqlalchemy/engine/base.py") == "SQLAlchemy"
    assert group("/x/site-packages/psycopg/cursor.py").startswith("waiting for PostgreSQL")
    assert group("/usr/lib/python3.11/json/encoder.py") == OTHER


def _look(rate: float, p50: float) -> wrk.Measured:
    return wrk.Measured(rate, p50, p50 * 3, int(rate * 4), 0)


def test_a_page_is_compared_with_the_floor_of_its_own_round():
    found = Found(Page("home", "/"))
    found.floor = [_look(1000, 8), _look(500, 16), _look(1000, 8)]
    found.large = [_look(400, 20), _look(200, 40), _look(100, 80)]
    found.small = [_look(400, 20), _look(200, 20), _look(100, 40)]
    assert (found.share, found.growth, found.errors) == (0.4, 2.0, 0)


def test_a_look_without_any_answer_reaches_nothing():
    found = Found(Page("ledger", "/ledger"), large=[_look(0, 0)], small=[_look(10, 5)], floor=[_look(100, 8)])
    assert found.share == 0
    assert found.growth == float("inf")


def test_every_copied_id_has_its_step():
    assert STEP == {"letter": 1, "duty": 3, "letter_answer": 1}
