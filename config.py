"""Settings, read from the environment once and checked at start: a wrong value stops the
program with a sentence, it never waits for the first request that needs it."""

import re
import secrets
import sys
from pathlib import Path
from typing import Literal

from pydantic import Field, ValidationError, ValidationInfo, field_validator, model_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

HERE = Path(__file__).parent


class Settings(BaseSettings):
    """One installation. Every field is an environment variable of the same name in capitals."""

    model_config = SettingsConfigDict(frozen=True, env_file=None, extra="ignore", hide_input_in_errors=True)

    environment: Literal["demo", "production"] = "demo"
    instance_dir: Path = HERE / "instance"
    database_url: str = ""
    secret_key: str = ""
    secret_key_fallbacks: str = ""
    backup_public_key: str = ""
    trusted_hosts: str = "127.0.0.1,localhost"
    cookies_secure: bool = False
    port: int = Field(default=5000, ge=1, le=65535)
    proxy_hops: int = Field(default=0, ge=0, le=3)

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
    data_files_kept_days: int = Field(default=30, ge=1, le=3650)

    # True only where the site cannot be reached from the internet: then internal papers may be stored.
    intranet: bool = False

    deadline_time: str = "24:00"
    smtp_url: str = ""
    sms_gateway: str = ""
    ticker_url: str = ""
    metrics_token: str = ""
    mail_from: str = "noreply@example.invalid"

    @field_validator("deadline_time")
    @classmethod
    def _deadline(cls, value: str) -> str:
        # 民法典 art. 203: the last day ends at 24:00. Another hour would need a rule of its own.
        if value != "24:00":
            raise ValueError("DEADLINE_TIME: only 24:00 is supported (民法典 art. 203)")
        return value

    @field_validator("database_url")
    @classmethod
    def _database(cls, value: str) -> str:
        if value and not value.startswith(("sqlite:///", "postgresql://", "postgresql+psycopg://")):
            raise ValueError("DATABASE_URL must begin with sqlite:/// or postgresql://")
        return value

    @field_validator("smtp_url", "sms_gateway")
    @classmethod
    def _gateway(cls, value: str, field: ValidationInfo) -> str:
        schemes = ("smtp://", "smtps://") if field.field_name == "smtp_url" else ("https://", "http://")
        if value and not value.startswith(schemes):
            raise ValueError(f"{str(field.field_name).upper()} must begin with {' or '.join(schemes)}")
        return value

    @field_validator("secret_key_fallbacks")
    @classmethod
    def _fallbacks(cls, value: str) -> str:
        # A short one could be guessed, and whoever guesses it signs sessions.
        if any(len(old) < 32 for old in value.split()):
            raise ValueError("SECRET_KEY_FALLBACKS: former SECRET_KEYs, separated by spaces")
        return value

    @field_validator("backup_public_key")
    @classmethod
    def _backup_key(cls, value: str) -> str:
        if value and not value.startswith("backup-public-1:"):
            raise ValueError("BACKUP_PUBLIC_KEY: the line that `flask --app run backup keys` printed")
        return value

    @field_validator("trusted_hosts")
    @classmethod
    def _hosts(cls, value: str) -> str:
        if not all(
            re.fullmatch(r"\.?[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)*(:\d+)?", host.strip()) for host in value.split(",")
        ):
            raise ValueError("TRUSTED_HOSTS: name the hosts of this site, separated by commas")
        return value

    @model_validator(mode="after")
    def _production_is_explicit(self) -> "Settings":
        if self.environment == "production":
            if len(self.secret_key) < 32:
                raise ValueError("SECRET_KEY: set at least 32 random characters in production")
            if not self.database_url:
                raise ValueError("DATABASE_URL: name the database in production")
            if not self.cookies_secure:
                raise ValueError("COOKIES_SECURE: production cookies travel over HTTPS only; set it to 1")
            if self.trusted_hosts == type(self).model_fields["trusted_hosts"].default:
                raise ValueError("TRUSTED_HOSTS: name the host under which citizens reach the site")
        return self

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


def from_environment() -> Settings:
    """The settings, or the end of the program with one sentence for each that is wrong."""
    try:
        return Settings()
    except ValidationError as refused:
        wrong = [(".".join(map(str, error["loc"])).upper(), error["msg"]) for error in refused.errors()]
        sentences = [f"{name}: {text}" if name and name not in text else text for name, text in wrong]
        print("\n".join(text.replace("Value error, ", "") for text in sentences), file=sys.stderr)
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
