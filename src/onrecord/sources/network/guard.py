"""A transport that looks at every address before it connects, so that no name and no redirect leads inside.

The check stands where the connection is opened and the checked address is the one connected to: a name that
resolves differently the second time (DNS rebinding) gains nothing.
"""

from __future__ import annotations

import ipaddress
import socket
import ssl
from collections.abc import Iterable, Iterator
from typing import Any

import httpcore
import httpx


class PrivateAddress(httpcore.ConnectError):
    """The host stands at an address that is not public."""


class GuardedBackend(httpcore.NetworkBackend):
    """Opens connections to public addresses, and to any address of the hosts that the user named."""

    def __init__(self, named: Iterable[str] = ()) -> None:
        self._named = set(named)
        self._inner = httpcore.SyncBackend()

    def allow(self, host: str) -> None:
        """Lets connections to `host` through wherever it stands: the user typed its name."""
        self._named.add(host.lower())

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Any = None,
    ) -> httpcore.NetworkStream:
        """Connects to the first address of `host` that may be connected to."""
        try:
            found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
        except (OSError, UnicodeError) as error:
            raise httpcore.ConnectError(f"the name {host} is not known") from error
        addresses = list(dict.fromkeys(str(info[4][0]) for info in found))
        open_ones = [a for a in addresses if host.lower() in self._named or is_public(a)]
        if not open_ones:
            raise PrivateAddress(f"{host} stands at a private address")
        return self._inner.connect_tcp(open_ones[0], port, timeout, local_address, socket_options)

    def sleep(self, seconds: float) -> None:
        """Waits, as the connection pool asks between tries."""
        self._inner.sleep(seconds)


#: The prefix under which a translator reaches IPv4 hosts (RFC 6052), by networks that have IPv6 alone.
_TRANSLATED = ipaddress.IPv6Network("64:ff9b::/96")


def is_public(address: str) -> bool:
    """True for an address anybody may reach: not private, loopback, link-local, multicast, reserved or unspecified.

    An IPv6 address that stands for an IPv4 host (mapped, translated, 6to4, Teredo) is as public as that host.
    """
    parsed = ipaddress.ip_address(address.partition("%")[0])
    behind = _hosts(parsed) if isinstance(parsed, ipaddress.IPv6Address) else ()
    return all(one.is_global and not one.is_multicast and not one.is_reserved for one in behind or (parsed,))


def _hosts(address: ipaddress.IPv6Address) -> tuple[ipaddress.IPv4Address, ...]:
    """The IPv4 hosts that an IPv6 address stands for, none for most."""
    if address in _TRANSLATED:
        return (ipaddress.IPv4Address(int(address) & 0xFFFFFFFF),)
    found = (address.ipv4_mapped, address.sixtofour, *(address.teredo or ()))
    return tuple(one for one in found if one is not None)


class _Body(httpx.SyncByteStream):
    def __init__(self, stream: Any) -> None:
        self._stream = stream

    def __iter__(self) -> Iterator[bytes]:
        with _errors():
            yield from self._stream

    def close(self) -> None:
        self._stream.close()


class GuardedTransport(httpx.BaseTransport):
    """httpx over httpcore's pool with a `GuardedBackend`, by their public interfaces."""

    def __init__(self, backend: GuardedBackend) -> None:
        self._pool = httpcore.ConnectionPool(
            ssl_context=ssl.create_default_context(), network_backend=backend, max_connections=8, keepalive_expiry=5
        )

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        """Sends one request; redirects are the client's."""
        url = httpcore.URL(
            scheme=request.url.raw_scheme, host=request.url.raw_host, port=request.url.port, target=request.url.raw_path
        )
        core = httpcore.Request(
            request.method, url, headers=request.headers.raw, content=request.stream, extensions=request.extensions
        )
        with _errors():
            answer = self._pool.handle_request(core)
        return httpx.Response(
            answer.status, headers=answer.headers, stream=_Body(answer.stream), extensions=answer.extensions
        )

    def close(self) -> None:
        """Closes all connections."""
        self._pool.close()


class _errors:
    """Turns the pool's errors into the client's, with their words."""

    def __enter__(self) -> None:
        return None

    def __exit__(self, kind: Any, error: BaseException | None, trace: Any) -> None:
        if isinstance(error, httpcore.TimeoutException):
            raise httpx.ReadTimeout("the server took too long to answer") from error
        if isinstance(error, PrivateAddress):
            raise httpx.ConnectError(str(error)) from error
        if isinstance(error, httpcore.NetworkError):
            raise httpx.ConnectError(str(error) or "the connection broke") from error
        if isinstance(error, httpcore.ProtocolError | httpcore.UnsupportedProtocol):
            raise httpx.RemoteProtocolError(str(error) or "the server does not keep to the protocol") from error
