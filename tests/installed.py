"""What a real installation must have set: less is refused at start."""

from typing import Any, Final

PRODUCTION: Final[dict[str, Any]] = {
    "environment": "production",
    "secret_key": "x" * 40,
    "database_url": "sqlite:///x.db",
    "cookies_secure": True,
    "trusted_hosts": "example.gov.cn",
}
