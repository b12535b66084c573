#!/usr/bin/env python3
"""A client of Wherry's console door, after src/docs/console-protocol.md, with Python's standard library alone.

Example:  wherry-client.py --password-file FILE HOST:PORT SHA256:... anna upload boat.bin /boat.bin
Commands: list PATH, upload FILE PATH, resume UPLOAD FILE, download PATH FILE, delete PATH, tail. They print JSON."""
import argparse, asyncio, base64, datetime, getpass, hashlib, json, os, ssl, sys, tempfile, urllib.parse
PIECE = 262_144  # bytes of content in a chunk
EXITS = {"wrong-login": 4, "denied": 4, "not-found": 5, "exists": 6, "busy": 7, "changed": 8, "wrong-digest": 8}
quote = json.JSONEncoder(ensure_ascii=False).encode  # with \u escapes a long name would not fit into a line
visible = lambda text, other: "".join(c if c.isprintable() else other(c) for c in text)  # moves no terminal
show = lambda facts: print(visible(quote(facts), lambda c: json.dumps(c)[1:-1]), flush=True)


class Problem(Exception): """An exit code, as in the table of src/docs/cli.md, and what the user is told."""


def elements(der):
    """The elements of ASN.1 that follow one another in these bytes: of each its tag, its content, and all of it."""
    while der:
        start = 2 + max(0, der[1] - 128)  # above 128 it says in how many bytes the length stands
        end = start + (int.from_bytes(der[2:start], "big") or der[1])
        yield der[0], der[start:end], der[:end]
        der = der[end:]


def fingerprint(certificate):
    """Of the public key. The body has a version (0xA0) or not, serial, algorithm, issuer, validity, subject, key."""
    _, body, _ = next(elements(next(elements(certificate))[1]))
    key = [whole for tag, _, whole in elements(body) if tag != 0xA0][5]
    return "SHA256:" + base64.b64encode(hashlib.sha256(key).digest()).decode()


class Connection:  # a conversation with a server, one request after another
    hint, end, is_content = "", "", False  # how to go on with an upload; what ends content before a request; is it now

    async def open(self, server, pin):
        tls = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
        tls.minimum_version, tls.check_hostname, tls.verify_mode = ssl.TLSVersion.TLSv1_2, False, ssl.CERT_NONE
        try:
            address = urllib.parse.urlsplit("//" + server)
            opening = asyncio.open_connection(address.hostname, address.port or 4451, ssl=tls, limit=1 << 17)
            self.reader, self.writer = await asyncio.wait_for(opening, 30)
        except (OSError, ValueError, asyncio.TimeoutError) as failure:
            raise Problem(3, f"cannot connect to {server}: {failure or 'no answer in 30 seconds'}") from failure
        key = fingerprint(self.writer.get_extra_info("ssl_object").getpeercert(binary_form=True))
        if key.rstrip("=") != pin.rstrip("="):  # the pin stands for an authority; until here nothing was said
            raise Problem(9, f"the server's key is not the one expected but {key}; compare it with what it prints")
        if not (await self.line()).startswith("WHERRY/1 "):
            raise Problem(3, f"{server} does not speak version 1 of Wherry's protocol")

    async def line(self):
        return (await self.reader.readuntil(b"\n")).decode().rstrip("\n")

    async def reply(self):
        word, _, facts = (await self.line()).partition(" ")
        facts = json.loads(facts)
        if word == "ERR":
            raise Problem(EXITS.get(facts["code"], 1), f"{facts['message']} ({facts['code']})")
        self.is_content = word in ("SEND", "ACK", "DATA")
        return word, facts

    async def say(self, line, content=b""):
        self.writer.write(line.encode() + b"\n" + content)
        await self.writer.drain()

    async def ask(self, *requests, each=lambda facts: None):
        for request in requests:  # or none: then it is about what was said before
            await self.say(request)
        while (reply := await self.reply())[0] != "OK":
            each(reply[1])
        return reply[1]

    async def send(self, request, file):
        with open(file, "rb") as content:
            stat = os.fstat(content.fileno())
            modified = datetime.datetime.fromtimestamp(stat.st_mtime, datetime.timezone.utc).isoformat()
            await self.say(f"{request} size={stat.st_size} modified={modified[:-6]}Z")
            self.end = '! "refused"\n'  # where the server does not want the content, it still waits for its end
            word, facts = await self.reply()
            if word == "SEND":  # reads while it writes, or replies that nobody takes would hold the server up
                self.hint, self.end = f"; to go on: resume {facts['upload']} {file}", ""
                facts, _ = await asyncio.gather(self.ask(), self.send_content(content, facts["offset"]))
            show(facts)

    async def send_content(self, content, offset):
        digest, position = hashlib.sha256(), 0
        while piece := content.read(min(PIECE, offset - position) if position < offset else PIECE):
            digest.update(piece)
            if position >= offset:
                await self.say(str(len(piece)), piece)
            position += len(piece)
        await self.say("0 " + digest.hexdigest())

    async def fetch(self, path, file):
        await self.say("DOWNLOAD " + quote(path))
        _, data = await self.reply()
        digest, size, beside = hashlib.sha256(), 0, os.path.dirname(file) or "."
        with tempfile.TemporaryDirectory(prefix=".wherry-", dir=beside) as own:  # goes, however this ends
            with open(part := os.path.join(own, "part"), "xb") as content:
                while (header := await self.line())[:1] != "!" and header[:2] != "0 ":
                    size += content.write(piece := await self.reader.readexactly(int(header or 0)))  # "": alive
                    digest.update(piece)
            await self.ask()  # which is ERR after "!"
            if size != data["size"] or digest.hexdigest() != data.get("sha256", header[2:]):
                raise Problem(8, f"what arrived is not what the server has: {path}")
            os.replace(part, file)
        show({"path": path, "size": size, "sha256": digest.hexdigest()})


COMMANDS = {  # by their names and how many arguments they have
    ("list", 1): lambda server, path: server.ask("LIST " + quote(path), each=show),
    ("upload", 2): lambda server, file, path: server.send(f"UPLOAD {quote(path)} parents=true", file),
    ("resume", 2): lambda server, upload, file: server.send(f"RESUME {quote(upload)}", file),
    ("download", 2): lambda server, path, file: server.fetch(path, file),
    ("delete", 1): lambda server, path: server.ask("DELETE " + quote(path)),
    ("tail", 0): lambda server: server.ask("TAIL", each=show),
}


async def run(server, options, command):
    password = options.password_file.readline().rstrip("\n") if options.password_file else getpass.getpass()
    try:
        await server.open(options.server, options.fingerprint)
        await server.ask(f"LOGIN {quote(options.user)} {quote(password)}")
        try:
            await command(server, *options.argument)
        finally:
            if not server.is_content:
                await server.ask(server.end + "LOGOUT")  # or the session would stay for half a day
    except (ConnectionError, EOFError, ssl.SSLError, TimeoutError, asyncio.LimitOverrunError) as lost:
        raise Problem(11 if server.hint else 3, f"the connection was lost, by {lost!r}{server.hint}") from lost


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--password-file", type=argparse.FileType(), help="its first line; without it you are asked")
    for name in ("server", "fingerprint", "user", "command"):
        parser.add_argument(name)
    parser.add_argument("argument", nargs="*")
    options = parser.parse_args()
    command = COMMANDS.get((options.command, len(options.argument))) or parser.error(__doc__.split("\n")[-1])
    try:
        return asyncio.run(run(Connection(), options, command))
    except (Problem, OSError, ValueError, KeyboardInterrupt) as end:
        code, message = {Problem: end.args, KeyboardInterrupt: (130, "stopped")}.get(type(end), (1, str(end)))
    print("wherry-client:", visible(message, lambda c: "?"), file=sys.stderr)
    return code


if __name__ == "__main__": sys.exit(main())
