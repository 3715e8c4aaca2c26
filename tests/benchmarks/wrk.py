"""Running wrk and reading what it says."""

import re
import subprocess
from dataclasses import dataclass
from pathlib import Path

CONNECTIONS = 8
SCRIPT = Path(__file__).with_name("readers.lua")
_UNITS = {"us": 0.001, "ms": 1.0, "s": 1000.0, "m": 60_000.0}
_SHARE = re.compile(r"^\s+(50|99)%\s+([\d.]+)(us|ms|s|m)\s*$", re.M)
_RATE = re.compile(r"^Requests/sec:\s+([\d.]+)", re.M)
_REQUESTS = re.compile(r"^\s*(\d+) requests in", re.M)
_REFUSED = re.compile(r"Non-2xx or 3xx responses: (\d+)")
_SOCKET = re.compile(r"Socket errors: connect (\d+), read (\d+), write (\d+), timeout (\d+)")


@dataclass(frozen=True)
class Measured:
    """Requests a second; p50 and p99 in milliseconds; `errors` are answers other than 2xx and 3xx, and none."""

    rate: float
    p50: float
    p99: float
    requests: int
    errors: int


def parse(said: str) -> Measured:
    """Raises ValueError when it is not what `wrk --latency` prints."""
    rate, requests = _RATE.search(said), _REQUESTS.search(said)
    shares = {share: float(value) * _UNITS[unit] for share, value, unit in _SHARE.findall(said)}
    if rate is None or requests is None or set(shares) != {"50", "99"}:
        raise ValueError(f"wrk said something else: {said[:300]}")
    refused, sockets = _REFUSED.search(said), _SOCKET.search(said)
    errors = int(refused[1]) if refused else 0
    errors += sum(map(int, sockets.groups())) if sockets else 0
    return Measured(float(rate[1]), shares["50"], shares["99"], int(requests[1]), errors)


def run(url: str, *, seconds: float, headers: dict[str, str], connections: int = CONNECTIONS) -> Measured:
    """One thread of wrk, so that the other core is the server's; every request from another address."""
    given = [part for name, value in headers.items() for part in ("-H", f"{name}: {value}")]
    command = ["wrk", "-t1", f"-c{connections}", f"-d{max(1, round(seconds))}s", "--timeout", "10s", "--latency"]
    done = subprocess.run([*command, "-s", str(SCRIPT), *given, url], capture_output=True, text=True, check=False)
    if done.returncode:
        raise SystemExit(f"wrk failed: {done.stdout}{done.stderr}")
    return parse(done.stdout)
