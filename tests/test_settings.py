"""A wrong setting stops the start with a sentence; it never waits for the first request."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from msgspec import ValidationError

from config import HERE, Settings, read

SAFE = {
    "environment": "production",
    "secret_key": "k" * 32,
    "database_url": "postgresql://participation@127.0.0.1/participation",
    "cookies_secure": True,
    "trusted_hosts": "participation.example.gov.cn",
}


def test_production_starts_when_everything_is_named():
    assert read(SAFE).is_demo is False


@pytest.mark.parametrize(
    ("change", "names"),
    [
        ({"secret_key": ""}, "SECRET_KEY"),
        ({"secret_key": "k" * 31}, "SECRET_KEY"),
        ({"database_url": ""}, "DATABASE_URL"),
        ({"cookies_secure": False}, "COOKIES_SECURE"),
        ({"trusted_hosts": "127.0.0.1,localhost"}, "TRUSTED_HOSTS"),
        ({"trusted_hosts": "*"}, "TRUSTED_HOSTS"),
        ({"trusted_hosts": " , "}, "TRUSTED_HOSTS"),
    ],
)
def test_production_refuses_what_is_unsafe(change: dict[str, object], names: str):
    with pytest.raises(ValidationError, match=names):
        read(SAFE | change)


@pytest.mark.parametrize(
    ("change", "names"),
    [
        ({"database_url": "mysql://localhost/x"}, "DATABASE_URL"),
        ({"deadline_time": "17:00"}, "DEADLINE_TIME"),
        ({"proxy_hops": 4}, "proxy_hops"),
        ({"port": 70000}, "port"),
        ({"environment": "staging"}, "environment"),
        ({"trusted_hosts": ""}, "TRUSTED_HOSTS"),
        ({"smtp_url": "mail.example.gov.cn"}, "SMTP_URL"),
        ({"sms_gateway": "ftp://sms.example.gov.cn"}, "SMS_GATEWAY"),
    ],
)
def test_a_value_that_cannot_be_meant_is_refused_everywhere(change: dict[str, object], names: str):
    with pytest.raises(ValidationError, match=names):
        read(change)


def test_the_program_stops_with_a_sentence_and_no_traceback(tmp_path: Path):
    unsafe = {"ENVIRONMENT": "production", "INSTANCE_DIR": str(tmp_path), "PATH": os.environ["PATH"]}
    for command in (
        ["-m", "flask", "--app", "run", "routes"],
        ["-m", "participation.prepare"],
        ["run.py"],
        ["-m", "gunicorn", "-b", "127.0.0.1:0", "run:app"],
    ):
        done = subprocess.run(
            [sys.executable, *command], cwd=HERE, env=unsafe, capture_output=True, text=True, check=False, timeout=60
        )
        assert done.returncode == 3
        assert "SECRET_KEY" in done.stderr
        assert "Traceback" not in done.stderr


def test_a_demonstration_keeps_its_own_secret_in_a_file_only_its_owner_reads(tmp_path: Path):
    first, second = Settings(instance_dir=tmp_path).secret, Settings(instance_dir=tmp_path).secret
    assert first == second
    assert len(first) == 64
    assert (tmp_path / "secret.key").stat().st_mode & 0o077 == 0
