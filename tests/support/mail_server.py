"""A small mail server for tests: as much of SMTP as a message needs, on this computer only."""

from __future__ import annotations

import socketserver
import threading
from collections.abc import Iterator
from contextlib import contextmanager

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


class MailServer(socketserver.ThreadingTCPServer):
    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Conversation)
        self.letters: list[str] = []

    @property
    def mail(self) -> Mail:
        return Mail("127.0.0.1", self.server_address[1], "tenant-voice@example.org", security="none")


@contextmanager
def mail_server() -> Iterator[MailServer]:
    """The server, listening; what it was sent stands in its ``letters``."""
    with MailServer() as running:
        threading.Thread(target=running.serve_forever, daemon=True).start()
        yield running
        running.shutdown()
