"""Who may reach the server, and what a page may load: until there is a sign-in, only this computer."""

from __future__ import annotations

import ipaddress
import re
from base64 import b64encode
from collections.abc import Awaitable, Callable, Mapping, MutableMapping, Sequence
from hashlib import sha256
from typing import Any

Scope = MutableMapping[str, Any]
Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
AsgiApp = Callable[[Scope, Receive, Send], Awaitable[None]]

EVERY_ADDRESS = "every address of this computer"
HOST_OPTIONS = ("--host", "--bind", "-b")  # uvicorn, hypercorn and gunicorn
HOST_VARIABLES = ("UVICORN_HOST",)

REFUSED = (
    "Tenant Voice answers only on this computer (127.0.0.1), because there is no sign-in yet: "
    "anyone who could reach another address could read what tenants said. It was asked to listen on {address}. "
    "Start it again without that address (no --server.address, no --host, no STREAMLIT_SERVER_ADDRESS)."
)
FORBIDDEN = b"Tenant Voice answers only on the computer it runs on. Open http://localhost with its port there."

SAFE_HEADERS = {
    "x-content-type-options": "nosniff",
    "referrer-policy": "no-referrer",
    "x-frame-options": "DENY",
    "permissions-policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
    "cross-origin-opener-policy": "same-origin",
}


def is_this_computer(address: str | None) -> bool:
    """Whether an address can be reached from this computer only.

    >>> [is_this_computer(a) for a in ("127.0.0.1", "localhost", "::1", "[::1]", "0.0.0.0", "192.168.0.7", None)]
    [True, True, True, True, False, False, False]
    """
    name = (address or "").strip().strip("[]").lower()
    if name == "localhost":
        return True
    try:
        found = ipaddress.ip_address(name)
    except ValueError:
        return False
    mapped = getattr(found, "ipv4_mapped", None)
    return (mapped or found).is_loopback


def host_of(header: str) -> str:
    """The host in a Host header, without its port.

    >>> [host_of(h) for h in ("localhost:8501", "[::1]:8501", "127.0.0.1")]
    ['localhost', '[::1]', '127.0.0.1']
    """
    if header.startswith("["):
        return header.partition("]")[0] + "]"
    return header.partition(":")[0]


def asked_addresses(
    configured: str | None, arguments: Sequence[str], environment: Mapping[str, str]
) -> tuple[str, ...]:
    """Every address this server was asked to listen on: Streamlit's setting, and the options of other servers.

    >>> asked_addresses("127.0.0.1", ["uvicorn", "app:app", "--host", "0.0.0.0"], {})
    ('127.0.0.1', '0.0.0.0')
    >>> asked_addresses(None, ["uvicorn", "--host=::1"], {"UVICORN_HOST": "10.0.0.4"})
    ('every address of this computer', '::1', '10.0.0.4')
    """
    asked = [configured or EVERY_ADDRESS]
    for place, word in enumerate(arguments):
        option, equals, value = word.partition("=")
        if option in HOST_OPTIONS:
            asked.extend([value] if equals else arguments[place + 1 : place + 2])
    asked.extend(environment[name] for name in HOST_VARIABLES if environment.get(name))
    return tuple(asked)


def refusal(addresses: Sequence[str]) -> str | None:
    """Why the server will not start on these addresses; None when each is this computer's own."""
    for address in addresses:
        if not (is_this_computer(address) or is_this_computer(host_of(address))):
            return REFUSED.format(address=address)
    return None


def script_marks(page: str) -> tuple[str, ...]:
    """The policy's marks for the scripts written into Streamlit's own page: those very words may run, no others.

    >>> script_marks("<script>1</script><script src='x.js'></script>")
    ("'sha256-a4ayc/80/OGda4BO/1o/V0etpOqiLx1JwB5S3beHW0s='",)
    """
    written = re.findall(r"<script>(.*?)</script>", page, re.DOTALL)
    return tuple(f"'sha256-{b64encode(sha256(script.encode()).digest()).decode()}'" for script in written)


def content_policy(host: str, scripts: Sequence[str] = ()) -> str:
    """The content-security policy: nothing may be loaded from, or sent to, anywhere but this server."""
    return "; ".join(
        (
            "default-src 'self'",
            "img-src 'self' data: blob:",
            f"connect-src 'self' ws://{host} wss://{host}",
            " ".join(("script-src 'self'", *scripts)),
            "style-src 'self' 'unsafe-inline'",  # Streamlit writes its styles into the page
            "font-src 'self' data:",
            "worker-src 'self' blob:",
            "media-src 'self' blob:",
            "frame-src 'none'",
            "object-src 'none'",
            "base-uri 'self'",
            "form-action 'self'",
            "frame-ancestors 'none'",
        )
    )


def came_from_this_computer(scope: Scope) -> bool:
    """Whether a request reached a loopback address, from one, under a name only this computer answers to."""
    here, caller = scope.get("server"), scope.get("client")
    sockets = all(pair is not None and is_this_computer(pair[0]) for pair in (here, caller))
    return sockets and is_this_computer(host_of(_header(scope, b"host")))


class OnlyThisComputer:
    """Stands in front of every request: no start on another address, no answer to another computer, safe headers."""

    def __init__(self, app: AsgiApp, addresses: Callable[[], Sequence[str]], scripts: Sequence[str] = ()) -> None:
        self.app = app
        self.addresses = addresses
        self.scripts = tuple(scripts)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "lifespan":
            await self._start(scope, receive, send)
        elif came_from_this_computer(scope):
            policy = content_policy(_header(scope, b"host"), self.scripts)
            await self.app(scope, receive, _with_safe_headers(send, policy))
        else:
            await _forbid(scope, send)

    async def _start(self, scope: Scope, receive: Receive, send: Send) -> None:
        reason = refusal(self.addresses())
        if reason is None:
            await self.app(scope, receive, send)
            return
        await receive()
        await send({"type": "lifespan.startup.failed", "message": reason})


def _header(scope: Scope, name: bytes) -> str:
    """One header of a request as text; empty when it was not sent or was sent twice."""
    found = [value for key, value in scope.get("headers", ()) if key.lower() == name]
    return found[0].decode("latin-1") if len(found) == 1 else ""


def _with_safe_headers(send: Send, policy: str) -> Send:
    """The same road back to the browser, with the safety headers on every answer."""
    extra = [(key.encode(), value.encode()) for key, value in SAFE_HEADERS.items()]
    extra.append((b"content-security-policy", policy.encode("latin-1")))
    names = {key for key, _ in extra}

    async def send_safely(message: Message) -> None:
        if message["type"] == "http.response.start":
            kept = [pair for pair in message.get("headers", ()) if pair[0].lower() not in names]
            message = {**message, "headers": [*kept, *extra]}
        await send(message)

    return send_safely


async def _forbid(scope: Scope, send: Send) -> None:
    """Answer 403 to a page request, and close a socket before it opens (the server turns that into a 403)."""
    if scope["type"] == "websocket":
        await send({"type": "websocket.close", "code": 1008})
        return
    headers = [(b"content-type", b"text/plain; charset=utf-8"), (b"x-content-type-options", b"nosniff")]
    await send({"type": "http.response.start", "status": 403, "headers": headers})
    await send({"type": "http.response.body", "body": FORBIDDEN})
