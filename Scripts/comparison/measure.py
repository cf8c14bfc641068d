"""Runs commands, and tells how long they took and how much memory they had."""

import os
import subprocess
import sys
import tempfile
import time
from statistics import median

GNU_TIME = "/usr/bin/time"


class Tool:
    """A command under a name.

    `output` is the file or the folder that it writes. `scale` turns its time into that of the whole work where it only
    does a part of it.
    """

    def __init__(self, name, command, output=None, scale=1):
        self.name, self.command, self.output, self.scale = name, [str(word) for word in command], output, scale

    def set_output_aside(self, number):
        """Moves away and empties what an earlier run wrote. A user's output is a new file: to free an old one takes
        longer than some of the works. Folders stay there, without files."""
        if not self.output or not self.output.exists():
            return
        aside = self.output.rename(self.output.with_name(f"{self.output.name}.{number}"))
        if aside.is_dir():
            self.output.mkdir()
        # Emptied, not removed: for some seconds ext4 searches for inodes that were not removed just now.
        for path in aside.iterdir() if aside.is_dir() else [aside]:
            os.truncate(path, 0)

    def settle(self):
        """Waits until the disk has done what earlier runs left to it, so that none pays for another."""
        if self.output:
            os.sync()
            time.sleep(0.1)


def run(command, good=(0,)):
    """The seconds that a command takes, from its start to its end, its output thrown away.

    An exit code that is not in `good` ends the comparison.
    """
    with open(os.devnull, "r+b") as null, tempfile.TemporaryFile() as errors:
        actions = [(os.POSIX_SPAWN_DUP2, null.fileno(), fd) for fd in (0, 1)]
        actions.append((os.POSIX_SPAWN_DUP2, errors.fileno(), 2))
        start = time.perf_counter()
        child = os.posix_spawnp(command[0], command, os.environ, file_actions=actions)
        status = os.waitpid(child, 0)[1]
        seconds = time.perf_counter() - start
        code = os.waitstatus_to_exitcode(status)
        if code not in good:
            errors.seek(0)
            said = errors.read(2000).decode(errors="replace")
            sys.exit(f"compare: {' '.join(command)} ended with {code}: {said}")
    return seconds


def warm(path):
    """Brings a file, or all files of a folder, into the page cache: a system short of memory may have dropped them."""
    for file in path.iterdir() if path.is_dir() else [path]:
        with open(file, "rb", buffering=0) as stream:
            while stream.read(1 << 20):
                pass


def medians(tools, rounds, source, good=(0,)):
    """The median seconds of each tool. Each round runs all of them, so that a busy moment hits none alone.

    They read `source`, a file or a folder, which is in the page cache when each starts. A first round is not counted.
    """
    times = {tool.name: [] for tool in tools}
    for number in range(rounds + 1):
        for tool in tools:
            tool.set_output_aside(number)
            tool.settle()
            warm(source)
            seconds = run(tool.command, good) * tool.scale
            if number > 0:
                times[tool.name].append(seconds)
    return {name: median(values) for name, values in times.items()}


def peak_memory(command, good=(0,)):
    """The most memory that a command had resident, in bytes.

    GNU time starts it: the kernel counts the memory of whoever calls exec as the new program's, and ours is a Python
    with NumPy in it.
    """
    with tempfile.NamedTemporaryFile("r") as answer:
        done = subprocess.run(
            [GNU_TIME, "--quiet", "-f", "%M", "-o", answer.name, *map(str, command)],
            stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
        if done.returncode not in good:
            sys.exit(f"compare: {command} ended with {done.returncode}: {done.stderr.decode(errors='replace')[:2000]}")
        return int(answer.read().split()[-1]) * 1024
