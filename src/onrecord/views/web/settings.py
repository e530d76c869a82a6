"""How the page is served: to whom, with which token, and whether corrections are taken."""

from __future__ import annotations

import hashlib
import hmac
import ipaddress
from dataclasses import dataclass

#: Names under which a browser on this machine asks for it.
_LOCAL_NAMES = frozenset({"localhost", "127.0.0.1", "[::1]", "::1"})


@dataclass(frozen=True, slots=True)
class Settings:
    """Where the page is served and what it allows.

    ``token`` is what a browser has to show once, None where everybody who reaches the port may read. Corrections need a token.
    ``reviewer`` is the name that corrections are entered under; ``tables`` the file with a user's own actors.
    """

    host: str = "127.0.0.1"
    port: int = 8000
    token: str | None = None
    allow_corrections: bool = False
    reviewer: str = "reviewer"
    tables: str | None = None

    @property
    def loopback(self) -> bool:
        """True when only this machine can reach the page."""
        return is_loopback(self.host)

    @property
    def session(self) -> str:
        """What the cookie of a browser that has shown the token holds: no token can be read from it."""
        return self._keyed("session")

    @property
    def form_key(self) -> str:
        """What every form that changes something carries, so that no other site can send one."""
        return self._keyed("form")

    def _keyed(self, use: str) -> str:
        return hmac.new((self.token or "").encode(), f"onrecord {use}".encode(), hashlib.sha256).hexdigest()

    def answers_to(self, host: str) -> bool:
        """True for the ``Host`` names that may be asked for: on loopback this machine's own, so that no foreign name leads here."""
        name = host.rsplit(":", 1)[0] if host.count(":") == 1 or (host.startswith("[") and "]:" in host) else host
        return not self.loopback or name.casefold() in _LOCAL_NAMES | {self.host.casefold(), f"[{self.host}]"}


def is_loopback(host: str) -> bool:
    """True when `host` names this machine alone."""
    try:
        return ipaddress.ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return host.casefold() == "localhost"
