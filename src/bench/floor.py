"""What this machine takes at least for what the bars are about: native code alone, no JVM, no protocol, nothing waited for."""

import hashlib
import os
import re
import resource
import shutil
import socket
import subprocess
import threading
import time

MEBIBYTE = 1 << 20
PIECE = 256 * 1024
RECORD = 16 * 1024


def spent(work):
    """Seconds of processor, of all threads."""
    before = resource.getrusage(resource.RUSAGE_SELF)
    work()
    after = resource.getrusage(resource.RUSAGE_SELF)
    return after.ru_utime - before.ru_utime + after.ru_stime - before.ru_stime


def steps(work, mebibytes):
    """What each step of moving one file costs, in seconds of processor."""
    source, target = os.path.join(work, "floor.read"), os.path.join(work, "floor.written")
    with open(source, "wb") as out:
        out.write(os.urandom(MEBIBYTE) * mebibytes)
    piece = bytearray(PIECE)

    def read():
        with open(source, "rb", buffering=0) as file:
            while file.readinto(piece):
                pass

    def write():
        with open(target, "wb", buffering=0) as file:
            for _ in range(mebibytes * MEBIBYTE // PIECE):
                file.write(piece)

    def digest():
        sha256 = hashlib.sha256()
        for _ in range(mebibytes * MEBIBYTE // PIECE):
            sha256.update(piece)

    read()
    found = {"read": spent(read), "write": spent(write), "digest": spent(digest)}
    found["socket"] = spent(lambda: across(mebibytes * MEBIBYTE))
    found["cipher"] = mebibytes * MEBIBYTE / gcm()
    for name in (source, target):
        os.remove(name)
    return found


def across(count):
    """Through a connection of this machine, from one thread to another."""
    listening = socket.create_server(("127.0.0.1", 0))
    sending = socket.create_connection(listening.getsockname())
    receiving, _ = listening.accept()

    def send():
        piece = bytes(PIECE)
        for _ in range(count // PIECE):
            sending.sendall(piece)
        sending.close()

    thread = threading.Thread(target=send)
    thread.start()
    into = bytearray(PIECE)
    while receiving.recv_into(into):
        pass
    thread.join()
    receiving.close()
    listening.close()


def gcm():
    """Bytes a second of AES-128-GCM, in records of TLS, by OpenSSL on one core."""
    said = subprocess.run(
        ["openssl", "speed", "-mr", "-seconds", "1", "-bytes", str(RECORD), "-evp", "aes-128-gcm"],
        capture_output=True, text=True, check=True,
    ).stdout
    return float(re.search(r"^\+F:.*:([\d.]+)$", said, re.MULTILINE).group(1))


def small_file(work, count):
    """Seconds for each of many small files: made, written, synced, renamed; their folder synced after each 32."""
    folder = os.path.join(work, "floor.small")
    os.mkdir(folder)
    content = os.urandom(4096)
    handle = os.open(folder, os.O_RDONLY)
    began = time.monotonic()
    for number in range(count):
        file = os.open(f"{folder}/part", os.O_CREAT | os.O_WRONLY, 0o640)
        os.write(file, content)
        os.fsync(file)
        os.close(file)
        os.rename(f"{folder}/part", f"{folder}/{number}")
        if number % 32 == 31:
            os.fsync(handle)
    took = time.monotonic() - began
    os.close(handle)
    shutil.rmtree(folder)
    return took / count


def floor(options, work, wherry, _sshd):
    """The least that the bars' work takes here, were it shared out evenly among all cores. Compare with the peer's row."""
    if not shutil.which("openssl"):
        print("floor: goes without, openssl is missing")
        return
    size = f"{options.mebibytes} MiB"
    starts, moves, bodies, files = [], [], [], []
    for _ in range(options.rounds):
        began = time.monotonic()
        wherry.run("--version")
        starts.append(time.monotonic() - began)
        cost = steps(work, options.mebibytes)
        both = cost["read"] + cost["socket"] + cost["write"] + 2 * cost["cipher"]
        moves.append((both + 2 * cost["digest"]) / os.cpu_count())
        bodies.append((both + cost["digest"]) / os.cpu_count())
        files.append(1000 * small_file(work, 2000))
    yield row("start of a command", "s", starts)
    yield row(f"put or get {size}, after the start", "s", moves)
    yield row(f"web upload {size}", "s", bodies)
    yield row("a small file", "ms", files)


def row(work, unit, values):
    return {"work": "at least: " + work, "unit": unit, "runs": {"floor": values}}
