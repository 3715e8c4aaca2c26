"""Digests of what only has to be recognised again: tokens and network addresses. Those of
contacts and codes come from `web.secrets.keyed_digest`, each with a purpose of its own."""

import hashlib
import ipaddress

from participation.web.secrets import keyed_digest


def of_token(token: str) -> str:
    """A token has 256 random bits: nothing can be guessed from its plain SHA-256."""
    return hashlib.sha256(token.encode()).hexdigest()


def of_network(address: str | None) -> str:
    """The digest of where a request came from. One household has a whole IPv6 /64."""
    try:
        network = ipaddress.ip_address(address or "")
    except ValueError:
        return keyed_digest("unknown", purpose="network")
    if network.version == 6:
        whole = ipaddress.ip_network((int(network), 64), strict=False)
        return keyed_digest(str(whole.network_address), purpose="network")
    return keyed_digest(str(network), purpose="network")
