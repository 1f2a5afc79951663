"""A mail server that keeps what it is given."""

import email
import email.message
import email.policy
import socketserver


class Mailbox(socketserver.ThreadingTCPServer):
    """A mail server that keeps what it is given; refuse: it answers that it cannot."""

    def __init__(self) -> None:
        self.received: list[tuple[str, email.message.EmailMessage]] = []
        self.refuse = False
        super().__init__(("127.0.0.1", 0), Postman)


class Postman(socketserver.StreamRequestHandler):
    server: Mailbox

    def handle(self) -> None:
        self.say("220 stand-in")
        to = ""
        while line := self.rfile.readline().decode().strip():
            verb = line[:4].upper()
            if verb == "RCPT":
                to = line.partition("<")[2].partition(">")[0]
            if verb == "QUIT":
                return self.say("221 bye")
            if verb != "DATA":
                self.say("451 try later" if self.server.refuse and verb == "MAIL" else "250 ok")
                continue
            self.say("354 go on")
            raw = b"".join(iter(self.rfile.readline, b".\r\n"))
            self.server.received.append((to, email.message_from_bytes(raw, policy=email.policy.default)))
            self.say("250 kept")
        return None

    def say(self, words: str) -> None:
        self.wfile.write(f"{words}\r\n".encode())
