"""A mail server for one test: it takes whatever comes, and keeps it."""

from __future__ import annotations

import email
import email.policy
import queue
import socketserver
import threading
from contextlib import contextmanager
from dataclasses import dataclass
from email.message import EmailMessage
from typing import Iterator


@dataclass
class Inbox:
    port: int
    came: queue.Queue

    def next(self) -> tuple[list[str], EmailMessage]:
        """The next mail: to whom, and what."""
        return self.came.get(timeout=20)

    def is_empty(self) -> bool:
        return self.came.empty()


class Conversation(socketserver.StreamRequestHandler):
    """What RFC 5321 asks at least."""

    def say(self, line: str) -> None:
        self.wfile.write(line.encode() + b"\r\n")

    def handle(self) -> None:
        recipients: list[str] = []
        self.say("220 tests")
        while line := self.rfile.readline().decode().strip():
            match line.split(" ")[0].upper():
                case "EHLO" | "HELO":
                    self.say("250 tests")
                case "MAIL" | "NOOP" | "RSET":
                    self.say("250 well")
                case "RCPT":
                    recipients.append(line.partition("<")[2].partition(">")[0])
                    self.say("250 well")
                case "DATA":
                    self.say("354 go on")
                    self.server.came.put((recipients, self.read_mail()))
                    recipients = []
                    self.say("250 taken")
                case "QUIT":
                    self.say("221 bye")
                    return
                case _:
                    self.say("502 not known here")

    def read_mail(self) -> EmailMessage:
        lines = []
        while (line := self.rfile.readline()) not in (b".\r\n", b""):
            lines.append(line.removeprefix(b".") if line.startswith(b"..") else line)
        return email.message_from_bytes(b"".join(lines), policy=email.policy.default)


@contextmanager
def mail_server() -> Iterator[Inbox]:
    with socketserver.ThreadingTCPServer(("127.0.0.1", 0), Conversation) as server:
        server.daemon_threads = True
        server.came = queue.Queue()
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        try:
            yield Inbox(server.server_address[1], server.came)
        finally:
            server.shutdown()
            thread.join()
