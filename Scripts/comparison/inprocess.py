"""The resamplers alone, in process, by the Benchmarks package."""

import json
import subprocess
import sys
from pathlib import Path
from statistics import median

from rows import Row

PACKAGE = Path(__file__).resolve().parents[2] / "Benchmarks"


def run_once():
    """The median microseconds of each benchmark, by its name."""
    command = ["swift", "package", "--disable-sandbox", "benchmark", "--target", "AudioDSPBenchmarks"]
    command += ["--filter", "Resample (48000|44100) to 16000.*", "--metric", "wallClock", "--metric", "throughput"]
    command += ["--time-units", "microseconds", "--format", "jmh", "--path", "stdout", "--quiet", "--no-progress"]
    done = subprocess.run(command, cwd=PACKAGE, capture_output=True, text=True)
    found = [line for line in done.stdout.splitlines() if line.startswith("[{")]
    if done.returncode != 0 or not found:
        sys.exit(f"compare: the benchmarks ended with {done.returncode}: {(done.stderr + done.stdout)[-2000:]}")
    return {
        one["benchmark"].rsplit(".", 1)[1].replace("_", " "):
            one["secondaryMetrics"]["Time (wall clock)"]["scorePercentiles"]["50.0"]
        for one in json.loads(found[-1])
    }


def rows(rounds):
    """Ours, libsoxr and libsamplerate for the two ratios that matter most: one thread, mono, 10 s."""
    print("compare: in process (builds the Benchmarks package)", file=sys.stderr)
    runs = [run_once() for _ in range(rounds)]
    times = {name: median(run[name] for run in runs) / 1e6 for name in runs[0]}
    for rate in (48000, 44100):
        name = f"Resample {rate} to 16000"
        work = f"in process, one thread, 10 s mono float {rate / 1000:g} → 16 kHz"
        yield Row(work, "wavprep", times[name])
        for peer, goal in [("libsoxr HQ", 1.5), ("libsamplerate best", 80)]:
            seconds = times[f"{name} {peer}"]
            yield Row(work, peer, seconds, [seconds / times[name]], [goal])
