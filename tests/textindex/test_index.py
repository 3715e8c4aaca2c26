"""Words and likeness on the database under test: what is put is found, what is dropped is gone."""

import pytest
from sqlalchemy import text

from participation.extensions import db
from participation.textindex import following, queries, service
from participation.textindex.likeness import similar
from participation.textindex.models import TextPart
from participation.textindex.queries import ids_matching

LAMPS = "永安街 23 号院门口的六盏路灯夜里不亮，请尽快修好。"
HEATING = "集中供热温度不够，室内只有 15 度，请供热公司上门测温。"
PARKING = "学校门口停车位不够，接送孩子没有地方停车。"


def found(kind, *words, many=queries.MANY):
    spelled = [(word,) for word in words]
    return sorted(db.session.scalars(ids_matching(kind, spelled, many=many)))


@pytest.fixture
def three(app):
    for subject_id, said in enumerate((LAMPS, HEATING, PARKING), start=1):
        service.put("letter_desk", subject_id, said)


@pytest.mark.parametrize(
    ("words", "ids"),
    [
        (["供热"], [2]),
        (["集中供热"], [2]),
        (["中供"], [2]),
        (["门口"], [1, 3]),
        (["门口", "停车"], [3]),
        (["停车", "供热"], []),
        (["灯"], [1]),
        (["亮"], [1]),
        (["23号院"], [1]),
        (["23 号院"], [1]),
        (["1"], [2]),
        (["不够室内"], []),
        (["亮请"], []),
        (["位不够"], [3]),
        (["没有这个词"], []),
        (["，"], []),
        ([], []),
        (["' OR 1"], []),
        (['"', "门口"], [1, 3]),
        (["门口*"], [1, 3]),
        (["NEAR"], []),
    ],
)
def test_every_word_stands_as_it_is_written(three, words, ids):
    assert found("letter_desk", *words) == ids


def test_one_spelling_of_a_word_suffices(three):
    assert sorted(db.session.scalars(ids_matching("letter_desk", [("路灯", "停车")]))) == [1, 3]


def test_drawers_do_not_see_each_other(three):
    service.put("letter_public", 7, "公开的停车来信")
    assert found("letter_public", "停车") == [7]
    assert found("letter_desk", "停车") == [3]
    assert [one.subject_id for one in similar("letter_public", PARKING, limit=3)] == [7]


def test_a_text_put_again_is_found_by_its_new_words_only(three):
    service.put("letter_desk", 1, "路灯修好了")
    assert (found("letter_desk", "六盏"), found("letter_desk", "修好了")) == ([], [1])


@pytest.mark.parametrize("said", ["", "，。", None])
def test_a_dropped_or_empty_text_is_gone(three, said):
    if said is None:
        service.drop("letter_desk", 1)
    else:
        service.put("letter_desk", 1, said)
    assert found("letter_desk", "路灯") == []
    assert similar("letter_desk", "路灯不亮", limit=3) == []
    service.drop("letter_desk", 1)


def test_the_index_is_part_of_the_transaction(three):
    db.session.commit()
    service.put("letter_desk", 1, "完全不同的话")
    service.drop("letter_desk", 2)
    db.session.rollback()
    assert (found("letter_desk", "路灯"), found("letter_desk", "供热"), found("letter_desk", "不同")) == ([1], [2], [])


def test_words_in_different_parts_of_a_long_text_are_found_together(app):
    service.put("consultation", 5, "开头说停车。" + "第一条规定事项" * 4000 + "结尾说票价。")
    assert db.session.query(TextPart).count() > 1
    assert found("consultation", "停车", "票价") == [5]
    assert found("consultation", "第一条规定事项第一条规定事项") == [5]
    assert found("consultation", "停车", "没有的词") == []
    service.drop("consultation", 5)
    assert db.session.query(TextPart).count() == 0


def test_what_is_like_a_text_shares_what_is_rare_in_it(three):
    for subject_id in range(10, 60):
        service.put("letter_desk", subject_id, f"请领导尽快解决小区的问题，第{subject_id}次来信，门口不够。")
    first = similar("letter_desk", "六盏路灯不亮，请领导尽快修好", limit=3)[0]
    assert first.subject_id == 1
    assert first.score > 0.5


def test_the_same_text_is_wholly_alike_and_can_be_left_out(three):
    assert similar("letter_desk", HEATING, limit=1)[0].score == 1
    assert 2 not in [one.subject_id for one in similar("letter_desk", HEATING, limit=3, without=[2])]


def test_nothing_alike_is_nothing(three):
    assert similar("letter_desk", "abc xyz", limit=3) == []
    assert similar("letter_desk", "", limit=3) == []
    assert similar("answer", LAMPS, limit=3) == []


def test_a_drawer_made_anew_holds_what_it_is_given_and_nothing_else(three):
    service.put("answer", 1, LAMPS)
    assert service.rebuild("letter_desk", [(8, LAMPS), (9, "")]) == 1
    assert found("letter_desk", "路灯") == [8]
    assert found("letter_desk", "供热") == []
    assert found("answer", "路灯") == [1]


def test_the_command_reads_what_the_features_have_registered(app, monkeypatch):
    service.put("answer", 3, "旧的")
    db.session.commit()
    monkeypatch.setattr(following, "_sources", {"answer": lambda ids: [(4, "新的答复")]})
    run = app.test_cli_runner()
    assert run.invoke(args=["textindex", "rebuild"]).output == "answer: 1\n"
    assert (found("answer", "新的"), found("answer", "旧的")) == ([4], [])
    wrong = run.invoke(args=["textindex", "rebuild", "letters"])
    assert (wrong.exit_code, "There is no letters" in wrong.output) == (2, True)


def test_characters_outside_the_usual_planes_are_kept(app):
    service.put("answer", 1, "𮯰村和\U00030001乡的 É́t é 和 ʼn")
    assert found("answer", "𮯰村") == [1]
    assert found("answer", "\U00030001乡") == [1]


def test_of_a_common_word_the_newest_texts_count(three, monkeypatch):
    monkeypatch.setattr(queries, "TIMES", 1)
    assert found("letter_desk", "门口", many=1) == [3]
    assert found("letter_desk", "门口", "路灯", many=1) == [1]


def test_other_drawers_take_no_place_among_the_newest(three, monkeypatch):
    """A public copy is put again long after: newer rows of the desk's drawer do not push it out."""
    service.put("letter_public", 1, LAMPS)
    for subject_id in range(4, 8):
        service.put("letter_desk", subject_id, LAMPS)
    monkeypatch.setattr(queries, "TIMES", 1)
    assert found("letter_public", "路灯", many=1) == [1]
    assert len(found("letter_desk", "路灯", many=1)) == 1


def test_what_is_looked_in_agrees_with_what_is_stored(three):
    service.put("letter_desk", 2, "换了")
    service.drop("letter_desk", 3)
    assert found("letter_desk", "换了") == [2]
    if db.engine.dialect.name == "sqlite":  # the full-text table there is another table
        db.session.execute(text("INSERT INTO text_part_fts (text_part_fts, rank) VALUES ('integrity-check', 1)"))
