"""Many people who write at the same time and do not give up: whatever gets no receipt is sent again,
under the key of its form."""

import itertools
import random
import threading
import time
from collections import Counter
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass, field
from io import BytesIO

from PIL import Image
from werkzeug.datastructures import FileStorage
from werkzeug.test import encode_multipart

from tests.resilience.counting import token
from tests.resilience.site import Site
from tests.visitors import Gone, Reply, Unexpected, Visitor

TEXT = "建议把这一条写得更明白，让老年人也看得懂。"
GIVE_UP = 120.0
"""After so many seconds without a receipt a submission counts as given up."""


def with_file(fields: dict[str, str], number: int) -> tuple[bytes, str]:
    """The form as a browser sends it with a file: a picture of 100 KB, another for each number."""
    noise = random.Random(number).randbytes(180 * 180 * 3)
    picture = BytesIO()
    Image.frombytes("RGB", (180, 180), noise).save(picture, "PNG")
    picture.seek(0)
    file = FileStorage(picture, filename=f"照片{number}.png", content_type="image/png")
    boundary, body = encode_multipart(fields | {"files": file})
    return body, f"multipart/form-data; boundary={boundary}"


@dataclass
class Crowd:
    """`look(reply)` sees every answer, the failed ones too; one that it does not like is a sentence."""

    site: Site
    total: int
    people: int = 12
    each: int = 20
    receipts: bool = True
    upload: bool = False
    """With each form a file of its own."""
    look: Callable[[Reply], str] = lambda reply: ""
    acknowledged: dict[int, float] = field(default_factory=dict)
    asked: set[int] = field(default_factory=set)
    answers: Counter[str] = field(default_factory=Counter)
    disliked: list[str] = field(default_factory=list)
    given_up: list[int] = field(default_factory=list)
    stop: threading.Event = field(default_factory=threading.Event)
    _numbers: "itertools.count[int]" = field(default_factory=lambda: itertools.count(1))
    _people: "itertools.count[int]" = field(default_factory=lambda: itertools.count(1))
    _lock: threading.Lock = field(default_factory=threading.Lock)
    _threads: list[threading.Thread] = field(default_factory=list)

    def begin(self) -> None:
        self._threads = [threading.Thread(target=self._person, daemon=True) for _one in range(self.people)]
        for thread in self._threads:
            thread.start()

    def working(self) -> bool:
        return any(thread.is_alive() for thread in self._threads)

    def end(self) -> None:
        for thread in self._threads:
            thread.join()

    def _person(self) -> None:
        while not self.stop.is_set():
            with self._lock:
                visitor = self.site.visitor(next(self._people))
            with closing(visitor):
                if not self._write(visitor):
                    return

    def _write(self, visitor: Visitor) -> bool:
        """One person's submissions; False when there is nothing left to send."""
        for _time in range(self.each):
            with self._lock:
                number = next(self._numbers)
                if number > self.total:
                    return False
                self.asked.add(number)
            self._submit(visitor, number)
            if self.stop.is_set():
                return False
        return True

    def _submit(self, visitor: Visitor, number: int) -> None:
        """The three steps of a form; each is repeated until it leads on, or begun anew where the site says so."""
        deadline = time.monotonic() + GIVE_UP
        comment = number % 2 == 0
        path = f"/consultations/{self.site.consultation}/comment" if comment else "/mailbox/mayor/write"
        fill = visitor.comment if comment else visitor.letter
        filled: dict[str, str] | None = None
        while time.monotonic() < deadline and not self.stop.is_set():
            try:
                filled = filled or fill(visitor.form(path), token(number) + TEXT)
                confirm = self._to(visitor, path, filled, "/confirm/", number if self.upload else 0)
                fields = visitor.confirmation(confirm) if "/confirm/" in confirm else {}
                receipt = self._to(visitor, confirm, fields, "/receipt/") if fields else confirm
            except Gone:
                self.answers["no answer"] += 1
            except Unexpected as other:
                self._note(other.reply)
            else:
                self.acknowledged[number] = time.monotonic()
                if self.receipts and number % 10 == 0:
                    self._read_receipt(visitor, receipt)
                return
            time.sleep(0.2)
        if not self.stop.is_set():
            self.given_up.append(number)

    def _to(self, visitor: Visitor, path: str, fields: dict[str, str], wanted: str, file: int = 0) -> str:
        """Posts until it is led to an address with `wanted` in it; the same fields each time."""
        while True:
            try:
                reply = visitor.send(path, *with_file(fields, file)) if file else visitor.post(path, fields)
            except Gone:
                self.answers["no answer"] += 1
                if self.stop.is_set():
                    raise
                time.sleep(0.1)
                continue
            self._note(reply)
            if reply.status == 303 and (wanted in reply.location or "/receipt/" in reply.location):
                return reply.location
            if reply.status < 500:
                raise Unexpected(path, reply)
            if self.stop.is_set():
                raise Unexpected(path, reply)
            time.sleep(0.1)

    def _read_receipt(self, visitor: Visitor, path: str) -> None:
        try:
            reply = visitor.get(path)
        except Gone:
            return
        self._note(reply)

    def _note(self, reply: Reply) -> None:
        with self._lock:
            self.answers[str(reply.status)] += 1
        disliked = self.look(reply)
        if disliked and len(self.disliked) < 20:
            self.disliked.append(disliked)
