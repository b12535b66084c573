"""The console protocol by hand: what the command line does not show, such as when the first entry came."""

import json
import ssl
import socket


class Wire:
    """A connection, logged in if a password is given."""

    def __init__(self, port, password=None):
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
        context.check_hostname = False
        # The server is this machine's own, made for this run.
        context.verify_mode = ssl.CERT_NONE
        self.socket = context.wrap_socket(socket.create_connection(("127.0.0.1", port)))
        self.lines = self.socket.makefile("rb")
        self.line()
        if password:
            self.ask(f'LOGIN admin "{password}"')

    def line(self):
        word, _, facts = self.lines.readline().decode().partition(" ")
        if not word:
            raise SystemExit("the server closed the connection")
        if word == "ERR":
            raise SystemExit("the server refused: " + facts)
        return word, json.loads(facts)

    def send(self, text):
        self.socket.sendall((text + "\n").encode())

    def ask(self, text):
        """A request with one line for an answer."""
        self.send(text)
        return self.line()

    def close(self):
        self.socket.close()
