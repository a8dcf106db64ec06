"""Safeguard 1, nobody uninvited: the server answers this computer only, and pages load from it only."""

from __future__ import annotations

import asyncio
import os
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from dashboard.server import OnlyThisComputer, asked_addresses, content_policy, refusal

ROOT = Path(__file__).resolve().parents[2]
HERE = ("127.0.0.1", 8501)


async def page(scope, receive, send):
    """A page that always answers."""
    headers = [(b"content-type", b"text/html"), (b"X-Frame-Options", b"ALLOWALL")]
    await send({"type": "http.response.start", "status": 200, "headers": headers})
    await send({"type": "http.response.body", "body": b"a tenant's words"})


def answer(kind="http", server=HERE, client=("127.0.0.1", 40000), host="localhost:8501", **more):
    """What a request gets: every message sent back."""
    sent = []

    async def send(message):
        sent.append(message)

    async def receive():
        return {"type": "lifespan.startup"}

    headers = [(b"host", value.encode()) for value in ([host] if isinstance(host, str) else host)]
    scope = {"type": kind, "server": server, "client": client, "headers": headers, **more}
    guard = OnlyThisComputer(page, lambda: ("127.0.0.1",))
    # On a thread of its own: the browser tests leave an event loop running on this one.
    with ThreadPoolExecutor(1) as alone:
        alone.submit(lambda: asyncio.run(guard(scope, receive, send))).result()
    return sent


def test_a_request_from_this_computer_is_answered():
    assert answer()[0]["status"] == 200


@pytest.mark.parametrize("host", ["127.0.0.1:8501", "[::1]:8501", "localhost", "LOCALHOST:1"])
def test_every_name_of_this_computer_is_answered(host):
    assert answer(host=host)[0]["status"] == 200


@pytest.mark.parametrize(
    "request_of",
    [
        {"client": ("192.168.1.7", 40000)},
        {"server": ("192.168.1.2", 8501)},
        {"server": None},
        {"client": None},
        {"host": "tenants.example"},
        {"host": "127.0.0.1.example:8501"},
        {"host": "localhost.example"},
        {"host": ""},
        {"host": []},
        {"host": ["localhost", "tenants.example"]},
    ],
    ids=str,
)
def test_a_request_from_elsewhere_or_under_another_name_is_forbidden(request_of):
    start, body = answer(**request_of)
    assert start["status"] == 403
    assert b"tenant's words" not in body["body"]


def test_a_socket_from_elsewhere_is_closed_before_it_opens():
    assert answer(kind="websocket", client=("10.0.0.9", 1)) == [{"type": "websocket.close", "code": 1008}]


def test_an_address_mapped_into_ipv6_counts_as_what_it_is():
    assert answer(client=("::ffff:127.0.0.1", 1))[0]["status"] == 200
    assert answer(client=("::ffff:10.0.0.9", 1))[0]["status"] == 403


def test_the_safety_headers_stand_once_on_every_answer():
    headers = [(name.lower(), value) for name, value in answer()[0]["headers"]]
    assert headers.count((b"x-frame-options", b"DENY")) == 1
    assert (b"x-frame-options", b"ALLOWALL") not in headers
    assert (b"x-content-type-options", b"nosniff") in headers
    assert (b"referrer-policy", b"no-referrer") in headers
    assert dict(headers)[b"content-security-policy"].startswith(b"default-src 'self'")


def test_pictures_and_connections_go_nowhere_but_here():
    rules = dict(rule.split(" ", 1) for rule in content_policy("localhost:8501").split("; "))
    assert rules["img-src"] == "'self' data: blob:"
    assert rules["connect-src"] == "'self' ws://localhost:8501 wss://localhost:8501"
    assert rules["frame-ancestors"] == "'none'"
    assert rules["object-src"] == "'none'"


def test_the_refusal_says_which_address_and_why():
    said = refusal(("127.0.0.1", "0.0.0.0"))
    assert said is not None
    assert "0.0.0.0" in said
    assert "no sign-in yet" in said
    assert refusal(("127.0.0.1", "localhost", "127.0.0.1:8501")) is None


def test_no_setting_at_all_is_refused_because_streamlit_would_listen_everywhere():
    assert "every address" in (refusal(asked_addresses(None, [], {})) or "")


STREAMLIT = [sys.executable, "-m", "streamlit", "run", "app.py", "--server.port", "0"]
UVICORN = [sys.executable, "-m", "uvicorn", "app:app", "--port", "0"]


@pytest.mark.slow
@pytest.mark.parametrize(
    ("command", "variables"),
    [
        ([*STREAMLIT, "--server.address", "0.0.0.0"], {}),
        (STREAMLIT, {"STREAMLIT_SERVER_ADDRESS": "0.0.0.0"}),
        ([*UVICORN, "--host", "0.0.0.0"], {}),
        (UVICORN, {"UVICORN_HOST": "0.0.0.0"}),
    ],
    ids=["streamlit option", "streamlit variable", "uvicorn option", "uvicorn variable"],
)
def test_started_on_another_address_it_says_why_and_ends(command, variables):
    ended = subprocess.run(
        command, cwd=ROOT, env={**os.environ, **variables}, capture_output=True, text=True, timeout=60, check=False
    )
    said = ended.stdout + ended.stderr
    assert ended.returncode != 0
    assert "Tenant Voice answers only on this computer (127.0.0.1), because there is no sign-in yet" in said
    assert "Traceback" not in said
