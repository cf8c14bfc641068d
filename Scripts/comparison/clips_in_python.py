"""A folder of clips to 16 kHz mono 16-bit as one would write it in Python: soundfile and soxr, a process a core."""

import os
import sys
from multiprocessing import Pool
from pathlib import Path

import soundfile
import soxr


def convert(job):
    source, target = job
    sound, rate = soundfile.read(source, dtype="float32", always_2d=True)
    soundfile.write(target, soxr.resample(sound.mean(axis=1), rate, 16000), 16000, "PCM_16")


if __name__ == "__main__":
    source, target = map(Path, sys.argv[1:])
    with Pool(os.cpu_count()) as pool:
        jobs = [(path, target / path.name) for path in sorted(source.glob("*.wav"))]
        for _ in pool.imap_unordered(convert, jobs, chunksize=8):
            pass
