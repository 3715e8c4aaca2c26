"""Settings, read from the environment once and checked at start: a wrong value stops the
program with a sentence, it never waits for the first request that needs it."""

import os
import re
import secrets
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Annotated, Any, Literal

import msgspec
from msgspec import Meta

HERE = Path(__file__).parent
OWN_HOSTS = "127.0.0.1,localhost"


class Settings(msgspec.Struct, frozen=True, kw_only=True):
    """One installation. Every field is an environment variable of the same name in capitals: `read` takes them
    as text and checks them all."""

    environment: Literal["demo", "production"] = "demo"
    instance_dir: Path = HERE / "instance"
    database_url: str = ""
    secret_key: str = ""
    secret_key_fallbacks: str = ""
    backup_public_key: str = ""
    trusted_hosts: str = OWN_HOSTS
    cookies_secure: bool = False
    port: Annotated[int, Meta(ge=1, le=65535)] = 5000
    proxy_hops: Annotated[int, Meta(ge=0, le=3)] = 0

    district: str = "周村区"
    district_en: str = "Zhoucun District"
    host_office: str = "周村区人民政府办公室"
    host_office_en: str = "General Office of Zhoucun District People's Government"
    contact_phone: str = "0533-0000000"
    site_code: str = ""
    icp_number: str = ""
    police_number: str = ""
    data_licence: str = ""
    data_licence_url: str = ""
    data_files_kept_days: Annotated[int, Meta(ge=1, le=3650)] = 30

    # True only where the site cannot be reached from the internet: then internal papers may be stored.
    intranet: bool = False

    # Comments and letters within an hour, together: of one verified contact, and of one network.
    submissions_of_contact: Annotated[int, Meta(ge=1)] = 20
    submissions_of_network: Annotated[int, Meta(ge=1)] = 600

    deadline_time: str = "24:00"
    smtp_url: str = ""
    sms_gateway: str = ""
    ticker_url: str = ""
    metrics_token: str = ""
    mail_from: str = "noreply@example.invalid"

    def __post_init__(self) -> None:
        wrong = [*self._wrong(), *(self._unsafe() if self.environment == "production" else ())]
        if wrong:
            raise ValueError("\n".join(wrong))

    def _wrong(self) -> Iterator[str]:
        # 民法典 art. 203: the last day ends at 24:00. Another hour would need a rule of its own.
        if self.deadline_time != "24:00":
            yield "DEADLINE_TIME: only 24:00 is supported (民法典 art. 203)"
        if self.database_url and not self.database_url.startswith(
            ("sqlite:///", "postgresql://", "postgresql+psycopg://")
        ):
            yield "DATABASE_URL must begin with sqlite:/// or postgresql://"
        if self.smtp_url and not self.smtp_url.startswith(("smtp://", "smtps://")):
            yield "SMTP_URL must begin with smtp:// or smtps://"
        if self.sms_gateway and not self.sms_gateway.startswith(("https://", "http://")):
            yield "SMS_GATEWAY must begin with https:// or http://"
        # A short one could be guessed, and whoever guesses it signs sessions.
        if any(len(old) < 32 for old in self.secret_key_fallbacks.split()):
            yield "SECRET_KEY_FALLBACKS: former SECRET_KEYs, separated by spaces"
        if self.backup_public_key and not self.backup_public_key.startswith("backup-public-1:"):
            yield "BACKUP_PUBLIC_KEY: the line that `flask --app run backup keys` printed"
        host = r"\.?[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)*(:\d+)?"
        if not all(re.fullmatch(host, each.strip()) for each in self.trusted_hosts.split(",")):
            yield "TRUSTED_HOSTS: name the hosts of this site, separated by commas"

    def _unsafe(self) -> Iterator[str]:
        """Production names what a demonstration may leave open."""
        if len(self.secret_key) < 32:
            yield "SECRET_KEY: set at least 32 random characters in production"
        if not self.database_url:
            yield "DATABASE_URL: name the database in production"
        if not self.cookies_secure:
            yield "COOKIES_SECURE: production cookies travel over HTTPS only; set it to 1"
        if self.trusted_hosts == OWN_HOSTS:
            yield "TRUSTED_HOSTS: name the host under which citizens reach the site"

    @property
    def is_demo(self) -> bool:
        return self.environment == "demo"

    @property
    def database(self) -> str:
        """The address SQLAlchemy gets; SQLite in the instance folder unless another is named."""
        return self.database_url or f"sqlite:///{self.instance_dir / 'participation.db'}"

    @property
    def secret(self) -> str:
        """The signing secret. A demonstration makes its own once and keeps it in its folder."""
        return self.secret_key or kept_secret(self.instance_dir / "secret.key")

    def flask_config(self) -> dict[str, object]:
        return {
            "SECRET_KEY": self.secret,
            "SECRET_KEY_FALLBACKS": self.secret_key_fallbacks.split(),
            "SQLALCHEMY_DATABASE_URI": self.database,
            "TRUSTED_HOSTS": [host.strip() for host in self.trusted_hosts.split(",")],
            "MAX_CONTENT_LENGTH": 60 * 1024 * 1024,
            "MAX_FORM_MEMORY_SIZE": 2 * 1024 * 1024,
            "MAX_FORM_PARTS": 500,
            "SESSION_COOKIE_NAME": "__Host-pp" if self.cookies_secure else "pp",
            "SESSION_COOKIE_HTTPONLY": True,
            "SESSION_COOKIE_SAMESITE": "Lax",
            "SESSION_COOKIE_SECURE": self.cookies_secure,
            "WTF_CSRF_TIME_LIMIT": None,
            "BABEL_DEFAULT_LOCALE": "zh_Hans_CN",
            "BABEL_DEFAULT_TIMEZONE": "Asia/Shanghai",
            "SEND_FILE_MAX_AGE_DEFAULT": 3600,
        }


def read(given: Mapping[str, object]) -> Settings:
    """The settings out of texts or values by their names in small letters; other names are passed over. Raises
    msgspec.ValidationError, whose text has a line for each that is wrong."""

    def made(kind: type, value: Any) -> Any:
        return kind(value)

    return msgspec.convert(given, Settings, strict=False, dec_hook=made)


def from_environment() -> Settings:
    """The settings, or the end of the program with one sentence for each that is wrong."""
    given = {name: os.environ.get(name.upper()) for name in Settings.__struct_fields__}
    try:
        return read({name: text for name, text in given.items() if text is not None})
    except msgspec.ValidationError as refused:
        sentence, _, name = str(refused).rpartition(" - at `$.")
        print(f"{name.rstrip('`').upper()}: {sentence}" if sentence else name, file=sys.stderr)
        # 3 is what tells gunicorn not to try again and again.
        raise SystemExit(3) from None


def kept_secret(path: Path) -> str:
    """A random secret made once and kept in a file only its owner can read."""
    path.parent.mkdir(parents=True, exist_ok=True)
    try:
        with path.open("x", encoding="ascii") as file:
            path.chmod(0o600)
            file.write(secrets.token_hex(32))
    except FileExistsError:
        pass
    return path.read_text("ascii")
