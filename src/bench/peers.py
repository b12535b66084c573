"""The servers that are measured: ours, and OpenSSH's beside it on a port of its own."""

import asyncio
import json
import os
import shutil
import signal
import socket
import subprocess
import threading
import time

PASSWORD = "correct horse battery"


class Wherry:
    """A server with its data in a folder, and the client that is logged in to it."""

    def __init__(self, application, home, *settings):
        self.launcher = os.path.join(application, "bin", "wherry")
        self.home = home
        self.settings = settings
        self.process = None

    def start(self):
        """Starts it; answers how many seconds it took until it was ready."""
        os.makedirs(self.home, exist_ok=True)
        password = os.path.join(self.home, "password")
        with open(password, "w", encoding="utf-8") as out:
            out.write(PASSWORD + "\n")
        ready = os.path.join(self.home, "ready.json")
        if os.path.exists(ready):
            os.remove(ready)
        settings = ["console.port=0", "http.port=0", "management.port=0", "console.host=127.0.0.1", "http.host=127.0.0.1"]
        command = [self.launcher, "serve", "--data", os.path.join(self.home, "data"), "--ready-file", ready]
        for setting in settings + list(self.settings):
            command += ["--set", setting]
        began = time.monotonic()
        with open(os.path.join(self.home, "log"), "ab") as log:
            self.process = subprocess.Popen(
                command,
                env={**clean(), "WHERRY_ADMIN_PASSWORD_FILE": password},
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
            )
        while not os.path.exists(ready):
            if self.process.poll() is not None:
                raise SystemExit("the server did not start: " + os.path.join(self.home, "log"))
            time.sleep(0.005)
        took = time.monotonic() - began
        with open(ready, encoding="utf-8") as text:
            said = json.load(text)
        self.port = said["console"]["port"]
        self.web = f"https://localhost:{said['http']['port']}"
        self.fingerprint = said["fingerprint"]
        self.environment = {**clean(), "WHERRY_CONFIG_DIR": os.path.join(self.home, "client")}
        self.login(self.port)
        return took

    def login(self, port):
        """The client is logged in at this port, which leads to the server."""
        password = os.path.join(self.home, "password")
        self.run("login", "--fingerprint", self.fingerprint, "--password-file", password, f"admin@127.0.0.1:{port}")

    def __enter__(self):
        self.first_start = self.start()
        return self

    def stop(self):
        self.process.send_signal(signal.SIGTERM)
        self.process.wait()

    def __exit__(self, *failure):
        self.stop()

    def run(self, *arguments):
        subprocess.run([self.launcher, *arguments], env=self.environment, check=True, stdout=subprocess.DEVNULL)

    def resident_mebibytes(self):
        return resident(self.process.pid)

    def served(self, *names):
        return os.path.join(self.home, "data", "files", *names)


def clean():
    return {name: value for name, value in os.environ.items() if not name.startswith("WHERRY_")}


def resident(pid):
    with open(f"/proc/{pid}/status", encoding="utf-8") as status:
        for text in status:
            if text.startswith("VmRSS:"):
                return int(text.split()[1]) / 1024
    raise SystemExit("no such process")


class Nginx:
    """An nginx of our own that serves a folder over TLS with the same certificate, and takes PUT (without digest or sync)."""

    def __init__(self, home, wherry):
        self.home = home
        self.wherry = wherry

    def __enter__(self):
        os.makedirs(os.path.join(self.home, "files"), exist_ok=True)
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            port = free.getsockname()[1]
        self.web = f"https://localhost:{port}"
        tls = os.path.join(self.wherry.home, "data", "tls")
        configuration = os.path.join(self.home, "nginx.conf")
        with open(configuration, "w", encoding="utf-8") as out:
            out.write(
                f"daemon off; worker_processes auto; pid {self.home}/pid; error_log {self.home}/log;"
                + (" user root;" if os.getuid() == 0 else "")
                + " events {} http { access_log off; sendfile on;"
                f" client_body_temp_path {self.home}/body; client_max_body_size 0;"
                f" server {{ listen 127.0.0.1:{port} ssl; ssl_protocols TLSv1.3;"
                f" ssl_certificate {tls}/certificate.pem; ssl_certificate_key {tls}/key.pem;"
                f" root {self.home}/files; dav_methods PUT; }} }}"
            )
        self.process = subprocess.Popen(["nginx", "-c", configuration, "-e", f"{self.home}/log"], stdin=subprocess.DEVNULL)
        until = time.monotonic() + 10
        while time.monotonic() < until:
            try:
                socket.create_connection(("127.0.0.1", port)).close()
                return self
            except OSError:
                time.sleep(0.05)
        raise SystemExit("nginx does not answer; see " + os.path.join(self.home, "log"))

    def __exit__(self, *failure):
        self.process.terminate()
        self.process.wait()

    def served(self, name):
        return os.path.join(self.home, "files", name)


class Sshd:
    """An sshd of our own, with a key that only this run has, and the cipher that Wherry uses."""

    def __init__(self, work):
        self.home = os.path.join(work, "ssh")

    def __enter__(self):
        os.makedirs(self.home)
        for name in ("host", "user"):
            subprocess.run(["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", self.path(name)], check=True)
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = free.getsockname()[1]
        if os.getuid() == 0:
            os.makedirs("/run/sshd", exist_ok=True)
        with open(self.path("config"), "w", encoding="utf-8") as out:
            out.write(
                f"Port {self.port}\nListenAddress 127.0.0.1\nHostKey {self.path('host')}\n"
                f"AuthorizedKeysFile {self.path('user')}.pub\nStrictModes no\nUsePAM no\nPidFile none\n"
                "PermitRootLogin yes\nSubsystem sftp internal-sftp\n"
            )
        self.process = subprocess.Popen([shutil.which("sshd"), "-D", "-f", self.path("config")], stderr=subprocess.DEVNULL)
        until = time.monotonic() + 10
        while True:
            try:
                self.batch("pwd")
                return self
            except subprocess.CalledProcessError:
                if time.monotonic() > until:
                    raise SystemExit("sshd does not answer") from None
                time.sleep(0.1)

    def __exit__(self, *failure):
        self.process.terminate()
        self.process.wait()

    def path(self, name):
        return os.path.join(self.home, name)

    def batch(self, *commands, port=None):
        """One sftp process with these commands; over another port that leads here, where one is given."""
        options = ["StrictHostKeyChecking=no", f"UserKnownHostsFile={self.path('known')}", "LogLevel=ERROR"]
        options += ["Ciphers=aes128-gcm@openssh.com", "IdentitiesOnly=yes"]
        command = ["sftp", "-q", "-P", str(port or self.port), "-i", self.path("user"), "-b", "-"]
        for option in options:
            command += ["-o", option]
        subprocess.run(
            [*command, "127.0.0.1"],
            input="\n".join(commands) + "\n",
            text=True,
            check=True,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )

    def rclone(self, *arguments):
        """One rclone process; `:sftp:/path` in its arguments is this server."""
        subprocess.run(
            ["rclone", "--config", "/dev/null", "--sftp-host", "127.0.0.1", "--sftp-port", str(self.port)]
            + ["--sftp-key-file", self.path("user"), *arguments],
            check=True,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )


class FarLine:
    """A port that leads to another one, and lets all that comes, each way, arrive some milliseconds later."""

    def __init__(self, target, milliseconds):
        self.target = target
        self.seconds = milliseconds / 1000
        self.loop = asyncio.new_event_loop()
        self.thread = threading.Thread(target=self.loop.run_forever, daemon=True)

    def __enter__(self):
        self.thread.start()
        starting = asyncio.start_server(self.accept, "127.0.0.1", 0)
        self.server = asyncio.run_coroutine_threadsafe(starting, self.loop).result()
        self.port = self.server.sockets[0].getsockname()[1]
        return self

    def __exit__(self, *failure):
        asyncio.run_coroutine_threadsafe(self.end(), self.loop).result()
        self.loop.call_soon_threadsafe(self.loop.stop)
        self.thread.join()

    async def end(self):
        self.server.close()
        under_way = asyncio.all_tasks() - {asyncio.current_task()}
        for task in under_way:
            task.cancel()
        await asyncio.gather(*under_way, return_exceptions=True)

    async def accept(self, reader, writer):
        theirs, ours = await asyncio.open_connection("127.0.0.1", self.target)
        await asyncio.gather(self.carry(reader, ours), self.carry(theirs, writer))

    async def carry(self, reader, writer):
        """What is read goes on when its time has come, in order; more is read meanwhile."""
        due = asyncio.Queue()

        async def deliver():
            while True:
                when, data = await due.get()
                await asyncio.sleep(max(0, when - self.loop.time()))
                writer.write(data)
                if not data:
                    writer.close()
                    return
                await writer.drain()

        delivery = asyncio.ensure_future(deliver())
        try:
            data = b" "
            while data:
                data = await reader.read(1 << 16)
                await due.put((self.loop.time() + self.seconds, data))
        except ConnectionError:
            await due.put((self.loop.time(), b""))
        try:
            await delivery
        except ConnectionError:
            writer.close()
