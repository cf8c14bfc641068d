"""What the tools' outputs are worth: a fast answer must not be another answer."""

import numpy as np
import soundfile

import peers
import signals
from measure import run

# All of them lie beyond the new Nyquist frequency, 8 kHz, so nothing of them belongs in the output.
REJECTED = (8100, 9000, 12000, 20000)
KEPT = (997, 7200)
# Beyond it each tool's filter ends where it likes.
BAND = 7200


def decibels(samples):
    return 10 * np.log10(np.mean(np.square(samples, dtype=float)) + 1e-40)


def middle(path):
    """The first channel at 16 kHz, without what the ends do to it."""
    samples, rate = soundfile.read(path, dtype="float64", always_2d=True)
    return samples[rate : len(samples) - rate, 0]


def delay(first, second):
    """By how many samples the second lags behind the first."""
    count = 1 << 15
    spectrum = np.conj(np.fft.rfft(first[:count], 2 * count)) * np.fft.rfft(second[:count], 2 * count)
    lag = int(np.argmax(np.fft.irfft(spectrum)))
    return lag if lag < count else lag - 2 * count


def difference(first, second):
    """The level of the difference of two files up to 7.2 kHz, in dB of full scale, once they are aligned; and the delay."""
    a, b = middle(first), middle(second)
    lag = delay(a, b)
    a, b = a[max(0, -lag) :], b[max(0, lag) :]
    count = min(len(a), len(b))
    spectrum = np.fft.rfft(a[:count] - b[:count])
    spectrum[int(len(spectrum) * BAND / 8000) :] = 0
    return decibels(np.fft.irfft(spectrum, count)), lag


def tone_levels(program, folder):
    """For each tool: the highest of the tones that should be gone, and how far those that should stay have moved."""
    levels = {}
    for frequency in REJECTED + KEPT:
        source = signals.write_tone(folder / "tone.wav", frequency)
        for name, tool in peers.normalizers(program, source, folder, floating=True).items():
            tool.set_output_aside(frequency)
            run(tool.command)
            # The tone itself is at -1 dB, and a sine's power is 3.01 dB below its peak's.
            levels.setdefault(name, {})[frequency] = decibels(middle(tool.output)) + 3.0103 + 1
    return {
        name: (max(of[f] for f in REJECTED), max((of[f] for f in KEPT), key=abs))
        for name, of in levels.items()
    }


def table(program, outputs, folder):
    """Markdown: each tool's tones, and its difference to our output of the same recording.

    Returns the lines, and whether ours is as good as it should be.
    """
    tones = tone_levels(program, folder)
    lines = [
        "| outputs, 48 → 16 kHz | highest tone from beyond 8 kHz, dBc | level of tones up to 7.2 kHz, dB | 16-bit output less ours, up to 7.2 kHz, dBFS | delay, samples |",
        "| --- | --: | --: | --: | --: |",
    ]
    for name, (alias, kept) in tones.items():
        level, lag = difference(outputs["wavprep"], outputs[name])
        level = "same bytes" if level < -300 else f"{level:.1f}"
        lines.append(f"| {name} | {alias:.0f} | {kept:+.3f} | {level} | {lag} |")
    alias, kept = tones["wavprep"]
    # Each of the two adds noise of at most -96.3 dB when it rounds; together -93.3.
    agreed = [difference(outputs["wavprep"], outputs[name]) for name in (peers.SOX_HIGH, peers.FFMPEG_SOXR)]
    good = alias <= -124 and abs(kept) <= 0.01 and all(level <= -93 and lag == 0 for level, lag in agreed)
    return lines, good
