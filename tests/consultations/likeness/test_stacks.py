"""Campaigns are found, and what only looks alike is left alone."""

from participation.consultations.likeness.stacks import stacks

TEMPLATE = "坚决反对把新桥小区划出实验学校学区，我们买房就是为了孩子上学，请尊重{name}户业主的意见。"


def kinds(texts: list[str]) -> list[list[tuple[int, str]]]:
    return [[(member.id, member.kind) for member in stack.members] for stack in stacks(enumerate(texts, start=1))]


def test_equal_texts_are_one_stack_and_the_earliest_leads():
    assert kinds(["支持加装电梯，尽快开工。", "要有厕所，最好也有长椅。", "支持加装电梯，尽快开工。"]) == [
        [(1, "same"), (3, "same")]
    ]


def test_a_disguise_is_named():
    assert kinds(["支持加装电梯，尽快开工。", "支持\u200b加装电梯 尽快开工"]) == [[(1, "same"), (2, "disguised")]]


def test_another_order_of_sentences_is_named():
    assert kinds(["先公布学位预测数据。再谈怎么划片区。", "再谈怎么划片区。先公布学位预测数据。"]) == [
        [(1, "same"), (2, "reordered")]
    ]


def test_a_template_with_other_names_in_it_is_one_stack():
    texts = [TEMPLATE.format(name=name) for name in ("三号楼张", "十二号楼李", "七号楼王", "三号楼张")]
    assert kinds(texts) == [[(1, "same"), (4, "same"), (2, "template"), (3, "template")]]


def test_what_may_mean_the_same_is_for_a_person_to_judge():
    texts = ["兄弟姐妹应当能够上同一所学校，方便接送。", "兄弟姐妹应当能够上同一所学校，方便接送，另外希望早点公布。"]
    found = stacks(enumerate(texts, start=1))
    assert [(member.id, member.kind) for member in found[0].members] == [(1, "same"), (2, "similar")]


def test_different_opinions_on_one_thing_are_no_stack():
    assert (
        kinds(
            [
                "夜间停车应当免费，白天可以收费。",
                "白天停车每小时三元太贵了，希望降低收费标准。",
                "学校门口要有临时停车位。",
            ]
        )
        == []
    )


def test_short_words_are_alike_only_when_they_are_equal():
    assert kinds(["同意", "不同意", "支持", "同意！"]) == [[(1, "same"), (4, "disguised")]]


def test_every_text_is_in_at_most_one_stack():
    texts = [TEMPLATE.format(name=f"{n % 7}号楼{n % 3}单元") + "请回复。" * (n % 2) for n in range(60)]
    found = stacks(enumerate(texts))
    ids = [member.id for stack in found for member in stack.members]
    assert sorted(ids) == list(range(60))
    assert len(ids) == len(set(ids))


def test_progress_is_told_to_the_end():
    told: list[int] = []
    stacks(((n, f"第{n}条意见，内容各不相同{n * 7919}") for n in range(4500)), told=told.append)
    assert told[-1] == 4500
    assert told == sorted(told)


def test_a_template_with_another_name_and_its_sentences_shuffled_is_found():
    first, second, third = "请立即停止加装电梯", "{who}的绿化都毁了", "我们这些老住户一个也不同意"
    one = f"{first}。{second}。{third}。".format(who="新建路3号楼")
    other = f"{third}！{first}。{second}。".format(who="新建路12号楼")
    assert kinds([one, other]) == [[(1, "same"), (2, "reordered")]]
