"""What the dispatcher's pages offer: suggestions that choose nothing, pages that hide nothing, and a
restricted letter that only who may see it can open."""

import re
from datetime import timedelta

import pytest

from participation import clock
from participation.extensions import db
from participation.mailbox import service
from participation.mailbox.models import Letter
from participation.mailbox.queries import desk
from participation.mailbox.rules import ContactAddress
from tests.browse import words
from tests.mailbox import letters

HEATING = "供暖以后暖气一直不热，客厅最高 14 度，请问什么时候能来人看，取暖费能不能减。"


def another(n: int) -> ContactAddress:
    return ContactAddress("sms", f"139{n:08d}")


@pytest.fixture
def heating(world, played) -> int:
    """Three letters on heating that the utilities centre has, and a new one."""
    with played("2026-11-20T09:00"):
        for n in range(3):
            one = letters.received(
                clock.now(), title=f"{n} 号楼暖气不热", text=HEATING, topic="供热供气", contact=another(n)
            )
            service.assign(
                one, department_id=world.department["utilities"], actor=world.actor("office"), now=clock.now()
            )
        db.session.commit()
    with played("2026-11-23T09:00"):
        return letters.received(
            clock.now(), title="5 号楼暖气不热", text=HEATING, place="北郊镇东风小区", contact=another(9)
        ).id


def radios(page: str) -> dict[str, bool]:
    """The values of the suggested units, and whether each is chosen."""
    found = re.findall(r'<input[^>]*name="suggested"[^>]*>', page)
    return {re.search(r'value="(\d*)"', one)[1]: "checked" in one for one in found}


def test_suggestions_name_their_reason_and_choose_nothing(client, world, played, heating):
    with played("2026-11-23T10:00"):
        page = world.sign_in(client, "office").get(f"/dispatch/{heating}").text
    units = world.department
    assert radios(page) == {str(units["utilities"]): False, str(units["town"]): False, "": False}
    said = words(page)
    assert "相似的 3 封来信里 3 封由它办理" in said
    assert "来信说的地点在北郊镇" in said
    assert "建议：供热供气" in said


def test_a_suggestion_is_taken_by_choosing_it_and_pressing_once(client, world, played, heating):
    with played("2026-11-23T10:00"):
        world.sign_in(client, "office")
        data = {"suggested": str(world.department["utilities"]), "topic": "供热供气"}
        assert client.submit(f"/dispatch/{heating}", data, to=f"/dispatch/{heating}/assign").status_code == 303
    row = desk.queue(world.actor("utilities"), ("assigned",), now=clock.now())[-1]
    assert (row.letter.id, row.letter.topic) == (heating, "供热供气")


def test_nothing_chosen_is_not_the_first_suggestion(client, world, played, heating):
    with played("2026-11-23T10:00"):
        world.sign_in(client, "office")
        for chosen in ({}, {"suggested": ""}, {"suggested": "99999"}):
            answer = client.submit(f"/dispatch/{heating}", chosen | {"topic": "其他"}, to=f"/dispatch/{heating}/assign")
            assert answer.status_code == 422
            assert "请选择办理单位" in words(answer.text) or "选择" in words(answer.text)


def test_the_unit_that_a_letter_is_about_is_neither_suggested_nor_listed(client, world, played, heating):
    with played("2026-11-23T10:00"):
        about = letters.received(
            clock.now(), title="6 号楼暖气不热", text=HEATING, about_department_id=world.department["utilities"]
        ).id
        page = world.sign_in(client, "office").get(f"/dispatch/{about}").text
        refused = client.submit(
            f"/dispatch/{about}", {"suggested": str(world.department["utilities"])}, to=f"/dispatch/{about}/assign"
        )
    assert str(world.department["utilities"]) not in radios(page)
    assert refused.status_code == 422


def test_similar_letters_are_only_those_that_the_reader_may_see(client, world, played, heating):
    with played("2026-11-23T10:00"):
        letters.received(
            clock.now(), title="限制的暖气来信", text=HEATING, about_department_id=world.department["office"]
        )
        page = world.sign_in(client, "office").get(f"/dispatch/{heating}").text
    assert "0 号楼暖气不热" in page
    assert "限制的暖气来信" not in page


def test_units_that_help_are_asked_with_the_hand_over(client, world, played, heating):
    with played("2026-11-23T10:00"):
        world.sign_in(client, "office")
        data = {
            "suggested": str(world.department["utilities"]),
            "topic": "供热供气",
            "joint_1": str(world.department["town"]),
            "task_1": "",
        }
        to = f"/dispatch/{heating}/assign"
        assert client.submit(f"/dispatch/{heating}", data, to=to).status_code == 422
        assert client.submit(f"/dispatch/{heating}", data | {"task_1": "看现场"}, to=to).status_code == 303
        assert "看现场" in client.get(f"/dispatch/{heating}").text


def test_repeats_of_one_writer_are_shown_side_by_side_and_merged_by_a_button(client, world, played, heating):
    with played("2026-11-23T10:00"):
        again = letters.received(clock.now(), title="暖气还是不热", text="还是不热。", contact=another(9)).id
        world.sign_in(client, "office")
        page = words(client.get(f"/dispatch/{again}").text)
        assert "同一人还来过 1 封信" in page
        done = client.submit(f"/dispatch/{again}", {"which": str(heating)}, to=f"/dispatch/{again}/merge")
        assert (done.status_code, done.headers["Location"]) == (303, f"/dispatch/{heating}")
        assert "另有 1 封同一人来信" in words(client.get("/dispatch").text)
        parted = client.submit(f"/dispatch/{again}", {"reason": ""}, to=f"/dispatch/{again}/unmerge")
        assert parted.status_code == 422
        parted = client.submit(f"/dispatch/{again}", {"reason": "两件事"}, to=f"/dispatch/{again}/unmerge")
        assert parted.status_code == 303


def test_every_waiting_letter_stands_on_exactly_one_page(world, played):
    with played("2026-11-23T09:00"):
        now, office = clock.now(), world.actor("office")
        made = [letters.received(now + timedelta(minutes=n % 3)).id for n in range(13)]
        seen, after = [], ""
        while after is not None:
            found = desk.queue_page(office, ("received", "returned"), now=now, limit=4, after=after)
            seen += [row.letter.id for row in found.rows]
            after = found.after
    assert sorted(seen) == made
    assert len(seen) == len(set(seen))


def test_a_count_stops_at_its_limit(world, played):
    with played("2026-11-23T09:00"):
        for _ in range(4):
            letters.received(clock.now())
        office = world.actor("office")
    assert desk.count(office, ("received",)) == 4
    assert desk.count(office, ("received",), most=2) == 3


@pytest.mark.parametrize(
    "query", ["show=pressing&after=x", "show=waiting&after=99999999999999999-1", "show=zz", "after=1"]
)
def test_addresses_of_pages_that_do_not_exist_are_no_error(client, world, played, heating, query):
    with played("2026-11-23T10:00"):
        world.sign_in(client, "office")
        assert client.get(f"/dispatch?{query}").status_code == 200


def test_the_page_of_a_restricted_letter_says_who_can_see_it(client, world, played, heating):
    with played("2026-11-23T10:00"):
        about = letters.received(clock.now(), about_department_id=world.department["housing"]).id
        page = words(world.sign_in(client, "office").get(f"/dispatch/{about}").text)
    assert "区政府办 1 人" in page
    assert "不计入任何一个单位" in page


@pytest.mark.parametrize("login", ["officer", "head", "auditor", "administrator"])
@pytest.mark.parametrize("act", ["join", "unjoin", "merge", "unmerge", "reclassify"])
def test_nobody_else_decides_how_a_letter_is_handled(client, world, played, heating, login, act):
    with played("2026-11-23T10:00"):
        world.sign_in(client, login)
        data = {"csrf_token": client.token("/password")}
        assert client.post(f"/dispatch/{heating}/{act}", data=data).status_code == 403


def test_a_unit_that_returned_the_letter_is_not_suggested_again(client, world, played, heating):
    with played("2026-11-23T10:00"):
        letter, now = db.session.get(Letter, heating), clock.now()
        utilities = world.department["utilities"]
        service.assign(letter, department_id=utilities, actor=world.actor("office"), now=now)
        service.give_back(letter, reason="不归我们", basis="三定方案", actor=world.actor("utilities"), now=now)
        db.session.commit()
        page = world.sign_in(client, "office").get(f"/dispatch/{heating}").text
    assert set(radios(page)) == {str(world.department["town"]), ""}
    assert "不归我们" in page


def test_the_desk_goes_on_after_a_page_and_hides_nothing(client, world, played, heating, monkeypatch):
    monkeypatch.setattr(desk.queue_page, "__kwdefaults__", desk.queue_page.__kwdefaults__ | {"limit": 2})
    with played("2026-11-23T10:00"):
        officer = world.sign_in(client, "utilities")
        first = officer.get("/desk").text
        onward = re.search(r'rel="next" href="([^"]+)"', first)[1].replace("&amp;", "&")
        second = officer.get(onward).text
    shown = [re.findall(r"\d 号楼暖气不热", words(page)) for page in (first, second)]
    assert set(shown[0]) | set(shown[1]) == {f"{n} 号楼暖气不热" for n in range(3)}
    assert 'rel="next"' not in second
