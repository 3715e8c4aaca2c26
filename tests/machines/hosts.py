"""Two application hosts on one machine: a gunicorn, a runner and a folder each; one PostgreSQL, one nginx.

What the hosts must share lies in the first one's folder and is linked from the second's, as an NFS mount
would be (docs/operations.md, "Several application hosts").
"""

import http.client
import ssl
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlencode

from participation.evidence import keeping
from tests import postgresql
from tests.browse import hidden_fields
from tests.machines.proxy import NAME, Proxy, proxy
from tests.resilience.site import Site
from tests.visitors import Reply, Unexpected

SHARED = ("files", "dossiers", "open-data", "heads")
SHARED_FILES = ("evidence.key", "erasures.jsonl")
ENVIRONMENT = {"TRUSTED_HOSTS": f"{NAME},127.0.0.1", "COOKIES_SECURE": "1"}


@dataclass
class Pair:
    """`first` and `second` are the hosts; `proxy` is before both of them."""

    first: Site
    second: Site
    proxy: Proxy

    @property
    def hosts(self) -> tuple[Site, Site]:
        return self.first, self.second


@dataclass
class Browser:
    """Keeps its cookies wherever it asks: at a host as nginx would, from `address`, or at nginx itself."""

    address: str = "10.0.0.1"
    cookies: dict[str, str] = field(default_factory=dict)

    def ask(
        self, at: Site | Proxy, method: str, path: str, fields: dict[str, str] | None = None, **headers: str
    ) -> Reply:
        told = {"Host": NAME, "Referer": f"https://{NAME}{path}"} | {k.replace("_", "-"): v for k, v in headers.items()}
        if self.cookies:
            told["Cookie"] = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        body = None
        if fields is not None:
            body, told["Content-Type"] = urlencode(fields), "application/x-www-form-urlencoded"
        connection: http.client.HTTPConnection
        if isinstance(at, Proxy):
            context = ssl.create_default_context()
            context.check_hostname, context.verify_mode = False, ssl.CERT_NONE
            connection = http.client.HTTPSConnection("127.0.0.1", at.port, timeout=60, context=context)
        else:
            told |= {"X-Forwarded-For": self.address, "X-Forwarded-Proto": "https"}
            connection = http.client.HTTPConnection("127.0.0.1", at.port, timeout=60)
        try:
            connection.request(method, path, body, told)
            answer = connection.getresponse()
            content = answer.read()
        finally:
            connection.close()
        for line in answer.headers.get_all("Set-Cookie") or ():
            name, _, value = line.partition(";")[0].partition("=")
            self.cookies[name.strip()] = value.strip()
        found = {k.lower(): v for k, v in answer.headers.items()}
        return Reply(answer.status, found.get("location", ""), found, content)

    def get(self, at: Site | Proxy, path: str, **headers: str) -> Reply:
        return self.ask(at, "GET", path, **headers)

    def submit(self, at: Site | Proxy, page: str, fields: dict[str, str], *, to: str = "") -> Reply:
        """The page's form with its hidden fields, filled in and sent to the same place."""
        shown = self.get(at, page)
        if shown.status != 200:
            raise Unexpected(page, shown)
        return self.ask(at, "POST", to or page, hidden_fields(shown.text) | fields)


def restart(host: Site) -> None:
    """As `systemctl restart` does: what is being answered is answered, then the new process begins."""
    process = host._running.pop(0)
    process.terminate()
    process.wait(timeout=60)
    host.start()
    host.wait()


def share(first: Path, second: Path) -> None:
    """Links in the second folder what both hosts must see."""
    for name in SHARED:
        (first / name).mkdir(exist_ok=True)
        (second / name).symlink_to(first / name)
    for name in SHARED_FILES:
        (second / name).symlink_to(first / name)


@contextmanager
def pair(folder: Path) -> Iterator[Pair]:
    """Both hosts started and answering, a small district in the database; no runner."""
    places = folder / "first", folder / "second"
    for place in places:
        place.mkdir()
    share(*places)
    # Nothing careless: `starting` refuses a server that forgets.
    with postgresql.server(settings="-c shared_buffers=32MB") as url:
        first, second = (
            Site(place, url, workers=1, threads=4, jobs=False, environment=dict(ENVIRONMENT)) for place in places
        )
        first.prepare()
        with first.app().app_context():
            keeping.signing_key()  # once, before a second host could make another
        try:
            for host in (first, second):
                host.start()
            with proxy(folder / "nginx", (first.port, second.port)) as before:
                for host in (first, second):
                    host.wait()
                yield Pair(first, second, before)
        finally:
            for host in (first, second):
                host.kill()
