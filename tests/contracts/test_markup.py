"""What people write is text wherever it is read: no page runs it, loads for it or leaves the site
because of it; a file's name stays a name."""

import io
import re
from html.parser import HTMLParser

import pytest
from sqlalchemy import select

from participation import clock
from participation.consultations import service as consultations
from participation.extensions import db
from participation.files.models import StoredFile
from participation.mailbox import service as mailbox
from participation.mailbox.models import Letter, LetterDraft
from participation.mailbox.queries.letters import answer_of
from participation.web.guards import capability_of
from tests import district
from tests.browse import addresses, hidden_fields
from tests.consultations import periods
from tests.files.samples import picture
from tests.mailbox import letters
from tests.xss import ATTACKS


class Tags(HTMLParser):
    """The tags of a page that a browser would run or load from elsewhere."""

    def __init__(self) -> None:
        super().__init__()
        self.bad: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        loads = given.get("src", "") + given.get("poster", "") + given.get("data", "")
        runs = [name for name in given if name.startswith("on") or name in ("style", "srcdoc")]
        runs += [name for name in given if name == "formaction" and not re.match(r"/(?!/)", given[name])]
        href = given.get("href", given.get("xlink:href", "")).strip().lower()
        strange = tag in ("iframe", "object", "embed", "base", "frame", "applet", "math", "audio", "video", "style")
        foreign = loads and not loads.startswith(("/static/", "data:image"))
        leads = re.match(r"[a-z0-9+.-]*script:|data:|vbscript:|//|file:", href)
        if runs or strange or foreign or leads or (tag == "script" and "src" not in given):
            self.bad.append(self.get_starttag_text() or tag)


def dangers(page: str) -> list[str]:
    parser = Tags()
    parser.feed(page)
    return parser.bad


def test_the_finder_sees_planted_scripts():
    assert (
        len(dangers("<p onclick=x>a</p><script>1</script><img src=x><a href='javascript:1'>x</a><a href='/ok'>x</a>"))
        == 4
    )


@pytest.mark.long
def test_no_text_surface_runs_what_was_written_into_it(app, world, played):
    """Every attack in every field that somebody else reads, on the page of everybody who reads it."""
    evil = "\n".join(ATTACKS)
    line = "\"'><img src=x onerror=alert(1)><script>alert(1)</script>{{7*7}}"
    with played("2026-11-16T09:00"):
        letter = letters.received(clock.now(), title=line, text=evil, author_name=line[:60], place=line)
        mailbox.assign(
            letter,
            department_id=world.department["housing"],
            actor=world.actor("office"),
            now=clock.now(),
            topic="其他",
        )
        mailbox.submit(letter, text=evil, contact=line, version=None, actor=world.actor("officer"), now=clock.now())
        mailbox.send_back(letter, reason=line, actor=world.actor("head"), now=clock.now())
        mailbox.submit(
            letter,
            text=evil,
            contact=line,
            version=letters_version(letter),
            actor=world.actor("officer"),
            now=clock.now(),
        )
        mailbox.approve(letter, actor=world.actor("head"), now=clock.now())
        mailbox.publish(letter, title=line, text=evil, answer=evil, actor=world.actor("head"), now=clock.now())
        back = letters.received(clock.now(), title=line, text=evil)
        mailbox.assign(back, department_id=world.department["housing"], actor=world.actor("office"), now=clock.now())
        mailbox.give_back(back, reason=evil, basis=line, actor=world.actor("officer"), now=clock.now())
        refused = letters.received(clock.now(), title=line, text=evil)
        mailbox.refuse(
            refused, ground="repeat", text=evil, proper_channel=line, actor=world.actor("office"), now=clock.now()
        )
        db.session.commit()
    names = ("title", "why", "explanation", "contact_person", "contact_phone", "contact_address", "contact_email")
    one = periods.opened(
        world,
        short_reason=evil,
        contact_visit=line,
        **{name: line if name != "explanation" else evil for name in names},
        text=f"第一条 {evil}\n第二条 {line}",
    )
    parts = [evil[start : start + 4000] for start in range(0, len(evil), 4000)]
    said = [periods.commented(one, text=part, author_name=line[:60], consent_public=True).id for part in parts]
    with played("2026-11-11T10:00"):
        consultations.show(one, said, actor=world.actor("officer"), now=clock.now())
        point = consultations.create_point(one, title=line[:120], actor=world.actor("officer"), now=clock.now())
        consultations.assign(one, point, said, actor=world.actor("officer"), now=clock.now())
        consultations.answer_point(
            one,
            point,
            outcome="not_adopted",
            reason=evil[:1500],
            clause_id=None,
            change="",
            actor=world.actor("officer"),
            now=clock.now(),
        )
        consultations.ask_withdrawal(one, reason=evil, actor=world.actor("officer"), now=clock.now())
        db.session.commit()
    found, seen = [], set()
    with played("2026-11-24T09:00"):
        for login in (None, "officer", "head", "office"):
            client = app.test_client()
            if login:
                world.sign_in(client, login)
            for rule in app.url_map.iter_rules():
                if "GET" not in rule.methods or capability_of(app, rule.endpoint) is None:
                    continue
                for path in {path for number in (1, 2, 3) for path in addresses(app, rule, number)}:
                    shown = client.get(path)
                    if shown.mimetype != "text/html":
                        continue
                    if "onerror=alert(1)" in shown.text:
                        seen.add(rule.endpoint)
                    found += [(login, path, tag[:80]) for tag in dangers(shown.text)[:1]]
            asked = client.get("/search", query_string={"q": line})
            found += [(login, "/search", tag[:80]) for tag in dangers(asked.text)]
            kept = client.post("/mailbox/mayor/write", data={"text": evil})
            found += [(login, "kept", tag[:80]) for tag in dangers(kept.text)]
    assert found == []
    assert {"mailbox.letter", "mailbox.file", "mailbox.desk_letter", "consultations.show", "consultations.sort"} <= seen


def letters_version(letter: Letter) -> int:
    answer = answer_of(letter)
    assert answer is not None
    return answer.version


@pytest.mark.parametrize(
    "name",
    [
        "../../etc/passwd.png",
        "\u202egnp.exe.png",
        'x"; filename="y.png',
        "照片，" * 100 + ".png",
        "<img src=x onerror=alert(1)>.png",
    ],
)
def test_a_file_s_name_stays_a_name(app, world, played, name):
    with played(district.NOW):
        letters.mailboxes(clock.now())
        client = app.test_client()
        form = hidden_fields(client.get("/mailbox/mayor/write").text) | letters.FORM
        confirm = client.post("/mailbox/mayor/write", data=form | {"files": (io.BytesIO(picture("PNG")), name)})
        assert confirm.status_code == 303
        shown = client.get(confirm.headers["Location"])
        assert dangers(shown.text) == []
        letters.send(client, confirm.headers["Location"])
        client.get(f"/mailbox/receipt/{db.session.scalars(select(LetterDraft)).one().id}")
        file = db.session.scalars(select(StoredFile)).one()
        assert not set("/\\\r\n\u202e") & set(file.original_name)
        with client.get(f"/track/letter/files/{file.id}") as answer:
            assert answer.status_code == 200
            assert answer.headers["Content-Disposition"].startswith("attachment; filename=attachment-")
            assert answer.headers["Content-Disposition"].isascii()
            assert "Set-Cookie: x" not in str(answer.headers)
            assert answer.headers["X-Content-Type-Options"] == "nosniff"
            assert "sandbox" in answer.headers["Content-Security-Policy"]
