"""The sorting page as a browser sends it."""

import re

from participation.extensions import db
from tests.consultations.periods import commented, opened


def test_a_new_opinion_takes_the_ticked_comments_along(client, world, played):
    consultation = opened(world)
    ticked = [commented(consultation).id, commented(consultation).id]
    db.session.commit()
    world.sign_in(client, "officer")
    page = f"/desk/consultations/{consultation.id}/sort"
    shown = client.get(page).text
    field = re.search(r'<input[^>]*name="title"[^>]*>', shown)
    assert 'form="sort"' in field[0], "the field is sent with the ticks"
    first = re.search(r"<button[^>]*>", shown.split('id="sort"')[1])[0]
    assert f'formaction="{page[:-4]}points"' in first, "Enter adds the opinion"
    answer = client.submit(page, {"title": "一楼不出钱", "c": ticked}, to=f"{page[:-4]}points")
    assert answer.status_code == 303
    assert "2 条意见" in client.get(f"{page}?show=sorted").text
