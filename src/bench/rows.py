"""The rows of the table. Each takes the options, a folder to work in, our server and sshd, and yields results."""

import filecmp
import os
import shutil
import statistics
import subprocess
import threading
import time

from floor import floor
from peers import PASSWORD, FarLine, Nginx, Wherry
from wire import Wire

SMALL = 4096

# Rounds that do not count. The disk's cache is warm after one; a server that runs for months is compiled after three.
WARM_UP = 3

# Milliseconds that a line to another country takes, one way.
FAR = 10


def timed(work):
    began = time.monotonic()
    work()
    return time.monotonic() - began


def interleaved(rounds, contestants, prepare=lambda: None):
    """
    Seconds of each, after rounds that do not count: A B A B, so that what the machine does meets all alike. What is
    prepared before each run is not counted, nor what the one before left to be written: who syncs would wait for it.
    """
    runs = {name: [] for name in contestants}
    for number in range(-WARM_UP, rounds):
        for name, work in contestants.items():
            prepare()
            os.sync()
            took = timed(work)
            if number >= 0:
                runs[name].append(took)
    return runs


def compared(work, runs, times):
    """How many times as fast as sftp, which has to be at least so many."""
    return against("sftp", work, runs, times)


def against(peer, work, runs, times):
    ratio = statistics.median(runs[peer]) / statistics.median(runs["wherry"])
    return {"work": work, "unit": "s", "runs": runs, "ratio": ratio, "bar": f"{times:.3g} × {peer}", "met": ratio >= times}


def bounded(work, unit, values, most):
    met = statistics.median(values) <= most
    return {"work": work, "unit": unit, "runs": {"wherry": values}, "bar": f"{most:g} {unit}", "met": met}


def gone(*names):
    """A file that is written over costs more than a new one, and one that is there already may be skipped."""
    for name in names:
        if os.path.exists(name):
            os.remove(name)


def checked(big, *landed):
    for name in landed:
        if os.path.exists(name):
            same(big, name)
    gone(*landed)


def same(one, other):
    if not filecmp.cmp(one, other, shallow=False):
        raise SystemExit(f"{one} and {other} differ")


def put_get(options, work, wherry, sshd):
    """One large file each way, whole processes."""
    big, theirs, back = (os.path.join(work, name) for name in ("big", "theirs", "back"))
    with open(big, "wb") as out:
        for _ in range(options.mebibytes):
            out.write(os.urandom(1 << 20))
    size = f"{options.mebibytes} MiB"
    puts = interleaved(
        options.rounds,
        {"sftp": lambda: sshd.batch(f"put {big} {theirs}"), "wherry": lambda: wherry.run("put", big, ":/big")},
        lambda: gone(theirs, wherry.served("big")),
    )
    sshd.batch(f"put {big} {theirs}")
    same(big, theirs)
    same(big, wherry.served("big"))
    yield compared("put " + size, puts, 2)

    gets = interleaved(
        options.rounds,
        {
            "sftp": lambda: sshd.batch(f"get {theirs} {back}.sftp"),
            "wherry": lambda: wherry.run("get", ":/big", back),
        },
        lambda: checked(big, back, back + ".sftp"),
    )
    checked(big, back, back + ".sftp")
    yield compared("get " + size, gets, 1.8)
    gone(big, theirs, wherry.served("big"))


def small_files(folder, count):
    os.mkdir(folder)
    for number in range(count):
        with open(os.path.join(folder, f"{number:06}"), "wb") as out:
            out.write(os.urandom(SMALL))
    return folder


def fresh(parent):
    """A new folder in this one. What is removed only at the end makes no later run skip what was just removed."""
    folder = os.path.join(parent, str(len(os.listdir(parent))))
    os.mkdir(folder)
    return folder


def small(options, work, wherry, sshd):
    """Many small files in one folder each way, with sftp's batch and with rclone."""
    sent = small_files(os.path.join(work, "sent"), options.files)
    theirs, back, ours = (os.path.join(work, "theirs"), os.path.join(work, "back"), wherry.served("up"))
    for folder in (theirs, back, ours):
        os.mkdir(folder)

    def up(name):
        folder = fresh(ours if name == "wherry" else theirs)
        if name == "wherry":
            landed = os.path.join(folder, "sent")
            return landed, timed(lambda: wherry.run("put", "-r", sent, f":/up/{os.path.basename(folder)}/"))
        if name == "sftp":
            return folder, timed(lambda: sshd.batch(f"put -r {sent}/. {folder}"))
        return folder, timed(lambda: sshd.rclone("copy", sent, f":sftp:{folder}"))

    def down(name):
        folder = fresh(back)
        if name == "wherry":
            return os.path.join(folder, "sent"), timed(lambda: wherry.run("get", "-r", ":/up/0/sent", folder + "/"))
        if name == "sftp":
            return folder, timed(lambda: sshd.batch(f"get -r {theirs}/0/. {folder}"))
        return folder, timed(lambda: sshd.rclone("copy", f":sftp:{theirs}/0", folder))

    names = ["sftp", "wherry"] + (["rclone"] if shutil.which("rclone") and options.rclone else [])
    for way, move in (("up", up), ("down", down)):
        runs = {name: [] for name in names}
        for number in range(options.rounds + 1):
            for name in names:
                landed, took = move(name)
                whole(sent, landed)
                if number > 0:
                    runs[name].append(took)
        yield compared(f"{options.files} × 4 KiB {way}", runs, 10)


def far(options, work, wherry, sshd):
    """Some small files each way over a line that takes its time: what waits for each answer waits for the line."""
    sent = small_files(os.path.join(work, "sent"), options.far_files)
    theirs, back, ours = (os.path.join(work, "theirs"), os.path.join(work, "back"), wherry.served("far"))
    for folder in (theirs, back, ours):
        os.mkdir(folder)
    with FarLine(wherry.port, FAR) as to_wherry, FarLine(sshd.port, FAR) as to_sshd:
        wherry.login(to_wherry.port)
        place = f"admin@127.0.0.1:{to_wherry.port}:/far"

        def up(name):
            folder = fresh(ours if name == "wherry" else theirs)
            if name == "wherry":
                landed = os.path.join(folder, "sent")
                return landed, timed(lambda: wherry.run("put", "-r", sent, f"{place}/{os.path.basename(folder)}/"))
            return folder, timed(lambda: sshd.batch(f"put -r {sent}/. {folder}", port=to_sshd.port))

        def down(name):
            folder = fresh(back)
            if name == "wherry":
                return os.path.join(folder, "sent"), timed(lambda: wherry.run("get", "-r", f"{place}/0/sent", folder + "/"))
            return folder, timed(lambda: sshd.batch(f"get -r {theirs}/0/. {folder}", port=to_sshd.port))

        for way, move in (("up", up), ("down", down)):
            runs = {name: [] for name in ("sftp", "wherry")}
            for _ in range(options.rounds):
                for name, seconds in runs.items():
                    landed, took = move(name)
                    whole(sent, landed)
                    seconds.append(took)
            yield compared(f"{options.far_files} × 4 KiB {way}, {2 * FAR} ms away", runs, 10)


def whole(sent, landed):
    names = os.listdir(sent)
    _, different, missing = filecmp.cmpfiles(sent, landed, names, shallow=False)
    if different or missing:
        raise SystemExit(f"{landed}: {len(different)} files differ, {len(missing)} are missing")


def ls(options, work, wherry, sshd):
    """A small folder listed by whole processes, by one who is logged in; sftp by its key."""
    folder = os.path.join(work, "listed")
    for place in (folder, wherry.served("listed")):
        os.mkdir(place)
        for number in range(10):
            with open(os.path.join(place, f"file {number}"), "w", encoding="utf-8") as out:
                out.write("listed")
    runs = interleaved(
        options.rounds * 3,
        {"sftp": lambda: sshd.batch(f"ls -l {folder}"), "wherry": lambda: wherry.run("ls", ":/listed")},
    )
    yield compared("ls of 10 files", runs, 1 / 1.5)


def web(options, work, wherry, sshd):
    """One large file each way at the web door, by curl over HTTP/1.1; nginx keeps neither digest nor promise."""
    if not shutil.which("nginx") or not shutil.which("curl"):
        print("web: goes without, nginx or curl is missing")
        return
    big, back = (os.path.join(work, name) for name in ("big", "back"))
    with open(big, "wb") as out:
        for _ in range(options.mebibytes):
            out.write(os.urandom(1 << 20))
    size = f"{options.mebibytes} MiB"
    authority = os.path.join(wherry.home, "data", "tls", "certificate.pem")

    def curl(*arguments):
        command = ["curl", "--http1.1", "-sf", "--cacert", authority, "-u", f"admin:{PASSWORD}", "-H", "Expect:"]
        subprocess.run([*command, *arguments], check=True, stdout=subprocess.DEVNULL)

    with Nginx(os.path.join(work, "nginx"), wherry) as nginx:
        shutil.copy(big, nginx.served("down"))
        shutil.copy(big, wherry.served("down"))
        gets = interleaved(
            options.rounds,
            {
                "nginx": lambda: curl("-o", back + ".nginx", f"{nginx.web}/down"),
                "wherry": lambda: curl("-o", back, f"{wherry.web}/files/down"),
            },
            lambda: checked(big, back, back + ".nginx"),
        )
        checked(big, back, back + ".nginx")
        yield against("nginx", "web download " + size, gets, 0.8)
        puts = interleaved(
            options.rounds,
            {
                "nginx": lambda: curl("-T", big, f"{nginx.web}/up"),
                "wherry": lambda: curl("-T", big, f"{wherry.web}/files/up"),
            },
            lambda: checked(big, nginx.served("up"), wherry.served("up")),
        )
        checked(big, nginx.served("up"), wherry.served("up"))
        yield against("nginx", "web upload " + size, puts, 0.7)
    gone(big, wherry.served("down"))


def start(options, work, wherry, sshd):
    """From the command to ready: the first start, which makes key, database and administrator, and later ones."""
    application = os.path.dirname(os.path.dirname(wherry.launcher))
    first, again = [], []
    for number in range(options.rounds):
        home = os.path.join(work, f"start.{number}")
        for took in (first, again):
            server = Wherry(application, home)
            took.append(server.start())
            server.stop()
        shutil.rmtree(home)
    yield bounded("first start to ready", "s", first, 1.5)
    yield bounded("later start to ready", "s", again, 1.5)


def idle(options, work, wherry, sshd):
    """What connections cost that are open and silent."""
    application = os.path.dirname(os.path.dirname(wherry.launcher))
    many = f"{options.connections + 16}"
    home = os.path.join(work, "idlers")
    settings = (f"console.maxConnections={many}", f"console.maxConnectionsPerAddress={many}", "console.handshakeTimeout=60s")
    with Wherry(application, home, *settings) as server:
        before = server.resident_mebibytes()
        wires = [Wire(server.port) for _ in range(options.connections)]
        after = server.resident_mebibytes()
        for wire in wires:
            wire.close()
    yield bounded(f"{options.connections} idle connections", "MiB", [after], 700)
    yield {"work": "one of them", "unit": "KiB", "runs": {"wherry": [(after - before) * 1024 / options.connections]}}


def listing(options, work, wherry, sshd):
    """A folder of a hundred thousand: when the first entry is there, and how the server grows."""
    folder = wherry.served("many")
    os.mkdir(folder)
    for number in range(100_000):
        os.close(os.open(os.path.join(folder, f"{number:06}"), os.O_CREAT | os.O_WRONLY, 0o640))
    wire = Wire(wherry.port, PASSWORD)
    before = wherry.resident_mebibytes()
    firsts, wholes = [], []
    for _ in range(options.rounds):
        began = time.monotonic()
        wire.send("LIST /many")
        wire.line()
        firsts.append((time.monotonic() - began) * 1000)
        while wire.line()[0] != "OK":
            pass
        wholes.append(time.monotonic() - began)
    wire.close()
    yield bounded("LIST of 100,000, first entry", "ms", firsts, 100)
    yield {"work": "LIST of 100,000, whole", "unit": "s", "runs": {"wherry": wholes}}
    yield bounded("LIST of 100,000, growth", "MiB", [wherry.resident_mebibytes() - before], 64)


def stat(options, work, wherry, sshd):
    """How long small requests take while eight transfers run."""
    big = os.path.join(work, "sent to and fro")
    with open(big, "wb") as out:
        out.write(os.urandom(1 << 20) * 128)
    ended = threading.Event()

    def transfer(number):
        while not ended.is_set():
            wherry.run("put", "--overwrite", big, f":/load {number}")

    threads = [threading.Thread(target=transfer, args=(number,)) for number in range(8)]
    for thread in threads:
        thread.start()
    wire = Wire(wherry.port, PASSWORD)
    time.sleep(3)
    took = []
    until = time.monotonic() + 10
    while time.monotonic() < until:
        took.append(timed(lambda: wire.ask("STAT /")) * 1000)
        time.sleep(0.005)
    ended.set()
    for thread in threads:
        thread.join()
    wire.close()
    os.remove(big)
    took.sort()
    yield bounded("STAT under load, p99", "ms", [took[len(took) * 99 // 100]], 20)
    yield {"work": "STAT under load, all", "unit": "ms", "runs": {"wherry": took}}


ALL = {
    "put-get": put_get,
    "small": small,
    "far": far,
    "ls": ls,
    "web": web,
    "start": start,
    "idle": idle,
    "list": listing,
    "stat": stat,
    "floor": floor,
}
