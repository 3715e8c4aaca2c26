"""Where to go after signing in or confirming: a path of this site, and nowhere else. Pure."""

from urllib.parse import urlsplit


def path_or(address: str | None, otherwise: str) -> str:
    """The address when it is an absolute path here; anything else might leave the site."""
    if not address or not address.startswith("/") or len(address) > 1000:
        return otherwise
    # Browsers read "\\" as "/" and drop tabs and line ends: "/\\evil" and "//evil" name a host.
    if address[1:2] in ("/", "\\") or any(ord(sign) < 33 or sign in "\\\x7f" for sign in address):
        return otherwise
    try:
        parts = urlsplit(address)
    except ValueError:
        return otherwise
    return address if not parts.scheme and not parts.netloc else otherwise
