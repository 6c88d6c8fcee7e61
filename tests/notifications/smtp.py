"""A stand-in for a mail server: answers as told, and remembers what it took."""

import socket
import threading
from contextlib import suppress
from email import message_from_bytes, policy
from email.message import EmailMessage


class MailServer:
    """Speaks just enough SMTP. ``rcpt`` and ``data`` are its answers; ``silent`` never says a word."""

    def __init__(self, *, silent: bool = False, rcpt: bytes = b"250 OK", data: bytes = b"250 OK") -> None:
        self.silent, self.rcpt, self.data = silent, rcpt, data
        self.mails: list[EmailMessage] = []
        self.calls = 0
        self._socket = socket.create_server(("127.0.0.1", 0))
        self.port = self._socket.getsockname()[1]
        self._open: list[socket.socket] = []
        threading.Thread(target=self._serve, daemon=True).start()

    def close(self) -> None:
        for connection in (self._socket, *self._open):
            with suppress(OSError):  # already gone
                connection.shutdown(socket.SHUT_RDWR)  # wakes the thread that waits there
            connection.close()

    def _serve(self) -> None:
        with suppress(OSError):
            while True:
                connection, _ = self._socket.accept()
                self.calls += 1
                self._open.append(connection)
                if not self.silent:
                    threading.Thread(target=self._talk, args=(connection,), daemon=True).start()

    def _talk(self, connection: socket.socket) -> None:
        with suppress(OSError), connection, connection.makefile("rb") as lines:
            connection.sendall(b"220 stand-in\r\n")
            for line in lines:
                verb = line[:4].upper()
                if verb == b"DATA":
                    connection.sendall(b"354 go on\r\n")
                    content = b"".join(iter(lines.readline, b".\r\n"))
                    if self.data.startswith(b"250"):
                        self.mails.append(message_from_bytes(content, policy=policy.default))
                    connection.sendall(self.data + b"\r\n")
                elif verb == b"QUIT":
                    connection.sendall(b"221 bye\r\n")
                    return
                else:
                    connection.sendall((self.rcpt if verb == b"RCPT" else b"250 OK") + b"\r\n")
