"""The machine and the programs of a measurement, as its report names them."""

import os
import platform
import re
import subprocess
from pathlib import Path


def described() -> str:
    """One line of Markdown."""
    found = re.search(r"^model name\s*:\s*(.+)$", Path("/proc/cpuinfo").read_text(), re.M)
    memory = round(os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30)
    load = " ".join(f"{each:.1f}" for each in os.getloadavg())
    versions = ", ".join(_version(*words) for words in (("postgres", "-V"), ("nginx", "-v"), ("wrk", "-v")))
    return (
        f"Machine: {found[1] if found else platform.machine()}, {os.cpu_count()} cores, {memory} GB; load average at"
        f" the end {load}. Python {platform.python_version()}, {versions}; commit"
        f" {_said('git', 'rev-parse', '--short', 'HEAD')}."
    )


def _version(*command: str) -> str:
    found = re.search(r"\d+(\.\d+)+", _said(*command))
    return f"{command[0]} {found[0] if found else '(missing)'}"


def _said(*command: str) -> str:
    """The first line that a program says."""
    try:
        done = subprocess.run(command, capture_output=True, text=True, check=False)
    except OSError:
        return f"{command[0]} (missing)"
    return (done.stdout + done.stderr).splitlines()[0].strip()
