"""Alerts go by the landlord's own mail server, here a small one of the test's."""

from __future__ import annotations

import socketserver
import threading
from collections.abc import Iterator
from dataclasses import replace

import pytest

from data.post import NotSent, letter, send
from data.settings import Mail


class _Conversation(socketserver.StreamRequestHandler):
    """As much of SMTP as a message needs; what is sent is kept by the server."""

    def handle(self) -> None:
        self._say("220 test server")
        while line := self.rfile.readline().decode().strip():
            verb = line.split()[0].upper()
            if verb == "DATA":
                self._say("354 go on")
                self.server.letters.append(self._message())
                self._say("250 kept")
            elif verb == "RCPT" and "refused@" in line:
                self._say("550 no such box")
            else:
                self._say("221 goodbye" if verb == "QUIT" else "250 test server")
                if verb == "QUIT":
                    return

    def _message(self) -> str:
        lines = []
        while (line := self.rfile.readline().decode().rstrip("\r\n")) != ".":
            lines.append(line)
        return "\n".join(lines)

    def _say(self, text: str) -> None:
        self.wfile.write(f"{text}\r\n".encode())


class _Server(socketserver.ThreadingTCPServer):
    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Conversation)
        self.letters: list[str] = []

    @property
    def mail(self) -> Mail:
        return Mail("127.0.0.1", self.server_address[1], "tenant-voice@example.org", security="none")


@pytest.fixture
def server() -> Iterator[_Server]:
    with _Server() as running:
        threading.Thread(target=running.serve_forever, daemon=True).start()
        yield running
        running.shutdown()


def test_a_message_reaches_the_server_whole(server):
    told = letter(server.mail, "homes@example.org", "3 things to see to", ["Homes: 2 rows without an estate.", "."])
    assert send(server.mail, "", [told]) == 1
    (kept,) = server.letters
    assert "To: homes@example.org" in kept
    assert "Homes: 2 rows without an estate." in kept


def test_where_an_address_is_refused_the_fault_says_how_many_were_sent(server):
    letters = [letter(server.mail, to, "To see to", ["A line."]) for to in ("first@example.org", "refused@example.org")]
    with pytest.raises(NotSent, match="1 of 2 messages were sent"):
        send(server.mail, "", letters)


def test_a_server_that_does_not_answer_is_named_with_the_setting_to_look_at(server):
    nobody = replace(server.mail, port=1)
    with pytest.raises(NotSent, match=r"127\.0\.0\.1, port 1.*settings\.toml"):
        send(nobody, "", [letter(nobody, "a@example.org", "To see to", [])])


def test_a_line_break_cannot_slip_another_header_in(server):
    with pytest.raises(ValueError, match="linefeed or carriage return"):
        letter(server.mail, "a@example.org\r\nBcc: all@example.org", "To see to", [])
