"""The real table of Jinzhai (2022) goes in by the import page and comes out with the same three counts."""

import csv
import io
import re
from pathlib import Path

from werkzeug.datastructures import FileStorage

from participation.consultations.queries import points
from participation.consultations.queries.periods import locked_for_update
from participation.extensions import db
from tests.browse import words
from tests.consultations.periods import closed, opened

TABLE = Path(__file__).with_name("adoption-jinzhai-2022.csv")
"""The published table: one row an opinion, whether it was adopted, and the reason."""


def test_the_table_of_jinzhai_through_the_import_page_to_its_three_counts(world, app, client, played):
    with TABLE.open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    consultation = opened(world).id
    desk, officer, head = f"/desk/consultations/{consultation}", app.test_client(), app.test_client()
    written = io.StringIO()
    table = csv.writer(written)
    table.writerow(["提出方式", "收到日期", "反馈人", "意见内容"])
    table.writerows(["座谈会", "2026-11-20", row["反馈人"], row["意见内容"]] for row in rows)
    with played("2026-11-20T10:00"):
        world.sign_in(officer, "officer")
        file = FileStorage(io.BytesIO(written.getvalue().encode("utf-8-sig")), filename="采纳情况.csv")
        read = officer.submit(f"{desk}/import", {"file": file})
        assert read.status_code == 303, words(read.text)
        shown = officer.get(read.location)
        assert "可以录入 3 条意见" in words(shown.text)
        assert all(row["意见内容"] in shown.text for row in rows)
        assert officer.submit(read.location, {}).status_code == 303
    closed(locked_for_update(consultation))
    db.session.commit()
    with played("2026-12-04T10:00"):
        world.sign_in(officer, "officer")
        world.sign_in(head, "head")
        for row in rows:
            sort = officer.get(f"{desk}/sort").text
            number = re.search(r'name="c" value="(\d+)"[^>]*>\s*<span[^>]*>' + re.escape(row["意见内容"][:20]), sort)
            ticked = {"title": row["意见内容"][:60], "c": number.group(1)}
            assert officer.submit(f"{desk}/sort", ticked, to=f"{desk}/points").status_code == 303
            point = max(line.point.id for line in points.points_of(consultation))
            adopted = row["是否采纳"] == "是"
            answer = {
                "outcome": "adopted" if adopted else "not_adopted", "reason": row["采纳理由"],
                "change": "设计方案" if adopted else "", "special": "" if adopted else row["采纳理由"],
            }  # fmt: skip
            db.session.rollback()
            assert officer.submit(f"{desk}/sort?point={point}", answer, to=f"{desk}/points/{point}").status_code == 303
        token = {"csrf_token": officer.token(f"{desk}/feedback")}
        assert officer.post(f"{desk}/feedback/submit", data=token).status_code == 303
        token = {"csrf_token": head.token(f"{desk}/feedback")}
        assert head.post(f"{desk}/feedback/publish", data=token).status_code == 303
        page = words(client.get(f"/consultations/{consultation}/feedback").text)
        # 共征集意见3条，采纳2条，未采纳1条
        assert "采纳 2 部分采纳 0 未采纳 1 不属于本次 0 本人撤回 0 收到意见 3" in page
        data = client.get(f"/consultations/{consultation}.json").get_json()
        assert {key: data["counts"][key] for key in ("received", "adopted", "not_adopted")} == {
            "received": 3, "adopted": 2, "not_adopted": 1,
        }  # fmt: skip
        assert [one["reason"] for one in data["opinions"]] == [row["采纳理由"] for row in rows]
