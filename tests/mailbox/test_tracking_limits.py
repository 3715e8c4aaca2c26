"""Wrong codes are counted where they are typed: they keep nobody else from the own letter."""

from participation import clock
from tests.mailbox import letters


def look_up(client, number, secret, network):
    form = {"number": number, "secret": secret}
    return client.submit("/track", form, environ_base={"REMOTE_ADDR": network})


def test_wrong_codes_typed_elsewhere_do_not_keep_the_writer_out(app, world, played):
    with played("2026-10-09T09:00"):
        letter = letters.received(clock.now())
        stranger, writer = app.test_client(), app.test_client()
        tried = [
            look_up(stranger, letter.number, f"AAAABBBBCCCCDD{at:02d}", "192.0.2.7").status_code for at in range(6)
        ]
        assert tried == [422, 422, 422, 422, 422, 429]
        assert look_up(stranger, letter.number, letters.SECRET, "192.0.2.7").status_code == 429
        assert look_up(writer, letter.number, letters.SECRET, "198.51.100.9").status_code == 303
