"""A comment that comes a moment after the last."""

import io

from participation.extensions import db
from participation.files.models import StoredFile
from tests.browse import hidden_fields, words
from tests.consultations.periods import opened
from tests.files.samples import picture


def test_text_and_files_that_come_too_late_are_shown_again_to_whoever_sent_them(world, app, client, played):
    consultation = opened(world)
    path, photo = f"/consultations/{consultation.id}/comment", picture("JPEG")
    with played("2026-12-02T23:59"):
        form = hidden_fields(client.get(path).text)
    with played("2026-12-03T00:01:12"):
        form |= {"text": "一楼不出钱。", "name": "朱大明", "consent": "no", "contact": "13800000001"}
        late = client.post(path, data=form | {"files": (io.BytesIO(photo), "楼道.jpg")})
        assert late.status_code == 409
        text = words(late.text)
        assert "晚了 1 分 12 秒" in text
        assert "一楼不出钱。" in text
        assert "楼道.jpg" in text
        file_id = db.session.query(StoredFile).one().id
        db.session.rollback()
        with client.get(f"/consultations/late/{file_id}") as back:
            assert back.data == photo
        assert app.test_client().get(f"/consultations/late/{file_id}").status_code == 404
