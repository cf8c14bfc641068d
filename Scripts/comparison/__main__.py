"""Compares wavprep with its peers. Run by Scripts/compare."""

import argparse
import os
import platform
import re
import subprocess
import sys
import tempfile
from pathlib import Path

import inprocess
import worth
from peers import FFMPEG_SOXR, SOX_HIGH
from rows import Comparison

MEMORY_GOAL = 32 << 20


def first_match(pattern, text):
    found = re.search(pattern, text)
    return found.group(1).strip() if found else "unknown"


def output(*command):
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout


def machine():
    """Where this ran, and against what."""
    model = first_match(r"model name\s*:\s*(.*)", Path("/proc/cpuinfo").read_text())
    if model == "unknown":
        model = platform.machine()
    system = first_match(r'PRETTY_NAME="(.*)"', Path("/etc/os-release").read_text())
    versions = [
        "sox " + first_match(r"v([\d.]+)", output("sox", "--version")),
        "ffmpeg " + first_match(r"version (\S+)", output("ffmpeg", "-version")),
        "libsoxr " + output("pkg-config", "--modversion", "soxr").strip(),
        "libsamplerate " + output("pkg-config", "--modversion", "samplerate").strip(),
    ]
    cores = len(os.sched_getaffinity(0))
    return f"{model}, {cores} cores, Linux {platform.release()}, {system}; {', '.join(versions)}."


def seconds_text(seconds):
    return f"{seconds * 1000:.2f} ms" if seconds < 0.02 else f"{seconds:.3f} s"


def table(rows, brief):
    """Markdown: a line for each row. Two figures in a column are those of all cores and of one thread."""
    lines = ["| work | tool | median | wavprep is faster by | goal | met |", "| --- | --- | --: | --: | --: | --- |"]
    work = None
    for row in rows:
        ratios = " / ".join(f"{ratio:.{1 if ratio >= 1.95 else 2}f} ×" for ratio in row.ratios)
        goals = " / ".join(f"{goal:g} ×" for goal in row.goals)
        met = "" if brief or not row.goals else "yes" if row.met else "**no**"
        named = row.work if row.work != work else ""
        work = row.work
        lines.append(f"| {named} | {row.tool} | {seconds_text(row.seconds)} | {ratios} | {goals} | {met} |")
    return lines


def memory_lines(memory, brief):
    lines = ["| peak memory | MB | goal | met |", "| --- | --: | --: | --- |"]
    for work, count in memory:
        met = "" if brief else "yes" if count <= MEMORY_GOAL else "**no**"
        lines.append(f"| {work} | {count / (1 << 20):.1f} | {MEMORY_GOAL >> 20} | {met} |")
    return lines


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("program")
    parser.add_argument("--brief", action="store_true")
    arguments = parser.parse_args()
    brief = arguments.brief
    with tempfile.TemporaryDirectory(prefix="wavprep-compare-") as name:
        folder = Path(name)
        run = Comparison(arguments.program, folder, brief)
        both = {SOX_HIGH: [8, 4], FFMPEG_SOXR: [8, 4]}
        six = {SOX_HIGH: [6], FFMPEG_SOXR: [6]}
        rows = [
            *run.normalize(48, 2, "PCM_24", "stereo 24-bit", both, with_samplerate=True),
            *run.normalize(44.1, 2, "PCM_16", "stereo 16-bit", six),
            *run.normalize(8, 1, "ULAW", "mono µ-law", six),
            *inprocess.rows(rounds=1 if brief else 3),
            *run.clips(),
            *run.check(),
        ]
        memory = list(run.memory())
        print("compare: quality", file=sys.stderr)
        quality, good = worth.table(arguments.program, run.outputs[48000], folder)

    print(machine())
    print(f"Medians of {min(run.rounds, 5)} or more rounds in which the tools take turns; inputs in the page cache, outputs new.\n")
    print("\n".join(table(rows, brief)))
    print("\nTwo figures: all cores / `-j 1`. `sndfile-resample` keeps both channels and was timed on a tenth of the file.\n")
    print("\n".join([*memory_lines(memory, brief), "", *quality]))
    if not good:
        sys.exit("compare: the output is not as good as that of the peers")
    missed = [row for row in rows if not row.met] + [work for work, count in memory if count > MEMORY_GOAL]
    if missed and not brief:
        sys.exit(f"compare: {len(missed)} goals missed")


main()
