"""The works that are compared, each a group of rows of the table with its goals."""

import shutil
import sys
from pathlib import Path

import peers
import signals
from measure import Tool, medians, peak_memory


class Row:
    """One tool at one work; `ratio` tells how many times its seconds ours are faster, and `goal` how many they should be.

    Ratios and goals are pairs where ours ran with all cores and with one thread.
    """

    def __init__(self, work, tool, seconds, ratios=(), goals=()):
        self.work, self.tool, self.seconds, self.ratios, self.goals = work, tool, seconds, ratios, goals

    @property
    def met(self):
        return all(ratio >= goal for ratio, goal in zip(self.ratios, self.goals))


class Comparison:
    """One run: the program, a folder for files, and how much of it all there is time for."""

    def __init__(self, program, folder, brief):
        self.program, self.folder, self.brief = program, folder, brief
        self.minutes = 2 if brief else 15
        self.rounds = 2 if brief else 9
        self.outputs = {}

    def rows(self, work, times, ours, goals):
        """The rows of a work: ours first, then each peer with its ratios to ours."""
        yield from (Row(work, name, times[name]) for name in ours)
        for name, seconds in times.items():
            if name not in ours:
                yield Row(work, name, seconds, [seconds / times[mine] for mine in ours], goals.get(name, ()))

    def normalize(self, kilohertz, channels, subtype, name, goals, with_samplerate=False):
        """A whole recording to 16 kHz mono 16-bit."""
        work = f"{self.minutes} min {kilohertz} kHz {name} → 16 kHz mono 16-bit"
        print(f"compare: {work}", file=sys.stderr)
        rate = int(kilohertz * 1000)
        folder = self.folder / f"normalize-{rate}"
        folder.mkdir()
        source = signals.write(folder / "in.wav", rate, channels, subtype, self.minutes * 60)
        tools = peers.normalizers(self.program, source, folder)
        run_together = list(tools.values())
        if with_samplerate:
            # A tenth of the recording: the best converter would take a minute for all of it.
            part = signals.write(folder / "part.wav", rate, channels, subtype, self.minutes * 6)
            run_together += peers.sndfile_resamplers(part, folder, scale=10)
        times = medians(run_together, self.rounds, source)
        self.outputs[rate] = {name: tool.output for name, tool in tools.items()}
        yield from self.rows(work, times, ["wavprep", "wavprep -j 1"], goals)

    def clips(self):
        """A folder of short recordings."""
        count = 100 if self.brief else 1000
        work = f"{count:,} clips of 5 s, 44.1 kHz stereo → 16 kHz mono 16-bit"
        print(f"compare: {work}", file=sys.stderr)
        source, target = signals.write_clips(self.folder / "clips", count), self.folder / "clips-out"
        for name in ("ours", "sox", "python"):
            (target / name).mkdir(parents=True)
        loop = 'for f in "$1"/*.wav; do sox "$f" -b 16 "$2/${f##*/}" remix - rate -h 16000; done'
        ours = [self.program, "normalize", source, "--channels", "mono", "--quiet", "--output-dir", target / "ours"]
        python = [sys.executable, Path(__file__).with_name("clips_in_python.py"), source, target / "python"]
        times = medians(
            [
                Tool("wavprep, one command", ours, target / "ours"),
                Tool("shell loop of sox rate -h", ["sh", "-c", loop, "sh", source, target / "sox"], target / "sox"),
                Tool("Python: soundfile + soxr, a process a core", python, target / "python"),
            ], min(self.rounds, 5), source)
        for name in ("ours", "sox", "python"):
            if len(list((target / name).glob("*.wav"))) != count:
                sys.exit(f"compare: {target / name} should hold {count} clips")
        yield from self.rows(
            work, times, ["wavprep, one command"],
            {"shell loop of sox rate -h": [20], "Python: soundfile + soxr, a process a core": [8]})
        check = medians([Tool("", [self.program, "check", "--quiet", source])], self.rounds, source, good=(0, 1))
        yield Row(f"`check` of the {count:,} clips, all samples", "wavprep", check[""])
        shutil.rmtree(source)
        shutil.rmtree(target)

    def check(self):
        """All samples of one recording, and the header alone."""
        work = f"`check` with samples, {self.minutes} min 48 kHz stereo 16-bit"
        print(f"compare: {work}", file=sys.stderr)
        source = signals.write(self.folder / "check.wav", 48000, 2, "PCM_16", self.minutes * 60)
        times = medians(
            [
                Tool("wavprep", [self.program, "check", "--quiet", source]),
                Tool("sox -n stats", ["sox", source, "-n", "stats"]),
                Tool("cat", ["cat", source]),
            ], self.rounds if self.brief else 15, source, good=(0, 1))
        yield from self.rows(work, times, ["wavprep"], {"sox -n stats": [15], "cat": [0.5]})

        work = "`check --headers-only`, one file"
        print(f"compare: {work}", file=sys.stderr)
        header = signals.write(self.folder / "header.wav", 48000, 2, "PCM_16", 1)
        times = medians(
            [
                Tool("wavprep", [self.program, "check", "--headers-only", "--quiet", header]),
                Tool("soxi", ["soxi", header]),
            ], 40 if self.brief else 300, header, good=(0, 1))
        yield from self.rows(work, times, ["wavprep"], {"soxi": [1]})
        source.unlink()

    def memory(self):
        """Peak memory on a long recording: lines of (work, bytes)."""
        gigabytes = 1 if self.brief else 3
        print(f"compare: memory, {gigabytes} GB", file=sys.stderr)
        source = signals.write(self.folder / "long.wav", 48000, 2, "PCM_16", gigabytes * 1e9 / (4 * 48000))
        target = self.folder / "long-out.wav"
        for name, command in [
            ("check", ["check", source]),
            ("normalize --channels mono", ["normalize", source, "--channels", "mono", "-o", target]),
        ]:
            yield f"`{name}` of {gigabytes} GB", peak_memory([self.program, *command, "--quiet"], good=(0, 1))
        source.unlink()
        target.unlink()
