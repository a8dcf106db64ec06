"""Alerts by e-mail, over the landlord's own mail server and only where settings name one."""

from __future__ import annotations

import smtplib
import ssl
from collections.abc import Sequence
from email.message import EmailMessage

from data.settings import Mail

PATIENCE = 20  # seconds for the server to answer


class NotSent(Exception):
    """A message could not be handed to the mail server; the text says what to look at. It holds no message."""


def letter(mail: Mail, to: str, subject: str, lines: Sequence[str]) -> EmailMessage:
    """A plain message. Raises ValueError where the address or subject would break a header."""
    message = EmailMessage()
    message["From"], message["To"], message["Subject"] = mail.sender, to, subject
    message.set_content("\n".join(lines) + "\n")
    return message


def send(mail: Mail, password: str, letters: Sequence[EmailMessage]) -> int:
    """Hand the messages to the server; how many it took. Raises NotSent where it took none of what was left."""
    sent = 0
    try:
        with _connected(mail) as server:
            if mail.user:
                server.login(mail.user, password)
            for each in letters:
                server.send_message(each)
                sent += 1
    except (OSError, smtplib.SMTPException) as error:
        raise NotSent(
            f"{sent} of {len(letters)} messages were sent; then {mail.server}, port {mail.port}, did not go on "
            f"({type(error).__name__}). Check [mail] in settings.toml, and the password."
        ) from error
    return sent


def _connected(mail: Mail) -> smtplib.SMTP:
    if mail.security == "tls":
        return smtplib.SMTP_SSL(mail.server, mail.port, timeout=PATIENCE, context=ssl.create_default_context())
    server = smtplib.SMTP(mail.server, mail.port, timeout=PATIENCE)
    if mail.security == "starttls":
        server.starttls(context=ssl.create_default_context())
    return server
