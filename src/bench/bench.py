"""Measures Wherry beside its peers; started by scripts/bench. What each row is, and why: src/docs/performance.md."""

import argparse
import json
import os
import platform
import shutil
import statistics
import tempfile
import time

import plot
import rows
from peers import Sshd, Wherry


def arguments():
    parser = argparse.ArgumentParser(prog="scripts/bench")
    parser.add_argument("--application", required=True, help=argparse.SUPPRESS)
    parser.add_argument("--results", required=True, help=argparse.SUPPRESS)
    parser.add_argument("--rounds", type=int, default=5, help="measured rounds of each comparison")
    parser.add_argument("--mebibytes", type=int, default=1024, help="size of the large file")
    parser.add_argument("--files", type=int, default=10_000, help="number of small files")
    parser.add_argument("--far-files", type=int, default=300, help="number of small files over the far line")
    parser.add_argument("--no-rclone", dest="rclone", action="store_false", help="small files without rclone, which takes minutes")
    parser.add_argument("--connections", type=int, default=10_000, help="number of idle connections")
    parser.add_argument("rows", nargs="*", metavar="ROW", help="of " + ", ".join(rows.ALL))
    parsed = parser.parse_args()
    for name in parsed.rows:
        if name not in rows.ALL:
            parser.error(f"no such row: {name}; there are {', '.join(rows.ALL)}")
    return parsed


def main():
    options = arguments()
    os.makedirs(options.results, exist_ok=True)
    work = tempfile.mkdtemp(prefix="work.", dir=options.results)
    results = []
    try:
        with Sshd(work) as sshd:
            for name in options.rows or rows.ALL:
                with Wherry(options.application, os.path.join(work, name)) as wherry:
                    for result in rows.ALL[name](options, work, wherry, sshd):
                        results.append(result)
                        print(line(result), flush=True)
    finally:
        shutil.rmtree(work)
    report = {
        "when": time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime()),
        "machine": {"processors": os.cpu_count(), "system": platform.platform()},
        "results": results,
    }
    with open(os.path.join(options.results, "bench.json"), "w", encoding="utf-8") as out:
        json.dump(report, out, indent=1)
    with open(os.path.join(options.results, "bench.svg"), "w", encoding="utf-8") as out:
        out.write(plot.svg(results))
    print(f"written: {options.results}/bench.json and bench.svg")


def line(result):
    """One line of the table: what, each contestant's median and spread, the ratio and its bar."""
    parts = [f"{result['work']:<34}"]
    for name, values in result["runs"].items():
        middle = statistics.median(values)
        parts.append(f"{name} {middle:,.3g} {result['unit']} ({min(values):,.3g}–{max(values):,.3g})")
    if result.get("ratio") is not None:
        parts.append(f"ratio {result['ratio']:.2f}")
    if result.get("bar"):
        parts.append(f"bar {result['bar']}: {'met' if result['met'] else 'NOT MET'}")
    return "  ".join(parts)


if __name__ == "__main__":
    main()
