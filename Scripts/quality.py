"""Measures what `wavprep normalize` makes of synthetic signals. Run by Scripts/quality."""

import struct
import subprocess
import sys
import tempfile
from pathlib import Path

import numpy as np
from scipy import signal

PROGRAM = sys.argv[1]
RATIOS = [(48000, 16000), (44100, 16000), (8000, 16000), (96000, 16000), (22050, 16000), (48000, 8000), (44100, 48000)]
misses = 0


def report(what, value, unit, goal, good):
    """Prints one figure; `good` says whether it meets its goal."""
    global misses
    misses += not good
    print(f"  {what:<66} {value:>9.3f} {unit:<6} {goal:<14} {'ok' if good else 'MISSED'}")


def write_wav(path, samples, rate):
    """Writes mono float32."""
    data = samples.astype("<f4").tobytes()
    fmt = struct.pack("<HHIIHHH", 3, 1, rate, 4 * rate, 4, 32, 0)
    chunks = b"fmt " + struct.pack("<I", len(fmt)) + fmt
    chunks += b"fact" + struct.pack("<II", 4, len(samples))
    chunks += b"data" + struct.pack("<I", len(data)) + data
    path.write_bytes(b"RIFF" + struct.pack("<I", 4 + len(chunks)) + b"WAVE" + chunks)


def read_wav(path):
    """Reads mono 16-bit or float32, as doubles of full scale 1."""
    raw = path.read_bytes()
    place, bits = 12, 0
    while place + 8 <= len(raw):
        name, size = raw[place : place + 4], struct.unpack_from("<I", raw, place + 4)[0]
        body = raw[place + 8 : place + 8 + size]
        if name == b"fmt ":
            bits = struct.unpack_from("<H", body, 14)[0]
        elif name == b"data":
            if bits == 16:
                return np.frombuffer(body, "<i2").astype(float) / 32768
            return np.frombuffer(body, "<f4").astype(float)
        place += 8 + size + size % 2
    raise ValueError(f"{path}: no data chunk")


def normalize(samples, rate, to, *options):
    """What the program makes of a signal."""
    with tempfile.TemporaryDirectory() as folder:
        source, target = Path(folder, "in.wav"), Path(folder, "out.wav")
        write_wav(source, samples, rate)
        command = [PROGRAM, "normalize", str(source), "-o", str(target), "--rate", str(to), "--quiet", *options]
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
        return read_wav(target)


def decibels(power):
    return 10 * np.log10(power + 1e-40)


def level(samples):
    """Root of the mean square, in dB of full scale 1."""
    return decibels(np.mean(samples**2))


def fit(samples, frequency, rate):
    """The amplitude of a tone, and what is left without it."""
    phase = 2 * np.pi * frequency * np.arange(len(samples)) / rate
    basis = np.stack([np.sin(phase), np.cos(phase)], axis=1)
    weights = np.linalg.lstsq(basis, samples, rcond=None)[0]
    return np.hypot(*weights), samples - basis @ weights


def tones(frequencies, rate, to):
    """What comes out for tones of amplitude 0.5, one after the other, each without its ends."""
    seconds = 0.6
    count = int(rate * seconds)
    parts = [0.5 * np.sin(2 * np.pi * f * np.arange(count) / rate) for f in frequencies]
    out = normalize(np.concatenate(parts), rate, to, "--bits", "float32")
    for index, _ in enumerate(frequencies):
        start = round((index + 0.2) * seconds * to)
        yield out[start : start + round(0.6 * seconds * to)]


def distortion(rate, to):
    amplitude = 10 ** (-1 / 20)
    x = amplitude * np.sin(2 * np.pi * 997 * np.arange(2 * rate) / rate)
    y = normalize(x, rate, to, "--bits", "float32")
    inner = y[to // 4 : -to // 4]
    value = level(fit(inner, 997, to)[1]) - level(inner)
    report("997 Hz at -1 dBFS: noise and distortion", value, "dB", "<= -130", value <= -130)


def response(rate, to):
    nyquist = min(rate, to) / 2
    passband = np.concatenate([[0.005, 0.1, 0.25, 0.5, 0.7], np.linspace(0.8, 0.9, 9)])
    gains = [20 * np.log10(fit(y, f, to)[0] / 0.5) for f, y in zip(passband * nyquist, tones(passband * nyquist, rate, to))]
    ripple = max(abs(g) for g in gains)
    report("response up to 90 % of Nyquist: largest deviation", ripple, "dB", "<= 0.01", ripple <= 0.01)
    corner = next(tones([0.95 * nyquist], rate, to))
    gain = 20 * np.log10(fit(corner, 0.95 * nyquist, to)[0] / 0.5)
    report("response at 95 % of Nyquist", gain, "dB", ">= -3.01", gain >= -3.0103)


def rejection(rate, to):
    nyquist = min(rate, to) / 2
    if rate > to:
        fractions = np.concatenate([[1.0005, 1.005, 1.02, 1.05, 1.1], np.linspace(1.2, rate / to * 0.999, 24)])
        worst = max(peak(y) for y in tones(fractions * nyquist, rate, to))
        report("tones above Nyquist: the highest peak that is left", worst, "dBFS", "<= -125", worst <= -125)
    else:
        frequencies = np.array([0.1, 0.3, 0.5, 0.7, 0.9]) * nyquist
        worst = max(peak(fit(y, f, to)[1]) for f, y in zip(frequencies, tones(frequencies, rate, to)))
        report("images of tones: the highest peak", worst, "dBFS", "<= -125", worst <= -125)


def peak(samples):
    """The highest line of the spectrum, in dB of a full-scale tone."""
    window = signal.windows.kaiser(len(samples), 20)
    return 20 * np.log10(np.max(np.abs(np.fft.rfft(samples * window))) * 2 / np.sum(window) + 1e-20)


def exactness(rate, to):
    """Against the answer of a discrete Fourier transform, on periodic noise without anything above 90 % of Nyquist."""
    random = np.random.default_rng(1)
    period, period_out = rate, to
    bins = np.zeros(period // 2 + 1, complex)
    limit = int(0.9 * min(rate, to) / 2)
    bins[1:limit] = random.normal(size=limit - 1) + 1j * random.normal(size=limit - 1)
    x = np.fft.irfft(bins, period)
    scale = 0.9 / np.max(np.abs(x))
    x *= scale
    cut = np.zeros(period_out // 2 + 1, complex)
    cut[:limit] = bins[:limit]
    exact = np.fft.irfft(cut, period_out) * scale * period_out / period
    y = normalize(np.tile(x, 3), rate, to, "--bits", "float32")
    value = level(y[period_out : 2 * period_out] - exact) - level(exact)
    report("band-limited noise against the exact answer: difference", value, "dB", "<= -120", value <= -120)
    return np.tile(x, 3), y, exact


def reference(rate, to, x, y, exact):
    """Against libsamplerate's best converter; its own distance from the exact answer is the limit of the comparison."""
    best = normalize(x, rate, to, "--bits", "float32", "--resampler", "sinc-best")
    inner = slice(to, 2 * to)
    theirs = level(best[inner] - exact) - level(exact)
    value = level(y[inner] - best[inner]) - level(exact)
    goal = max(-120, theirs + 1)
    report(f"the same against libsamplerate's best (itself {theirs:.1f})", value, "dB", f"<= {goal:.1f}", value <= goal)


def dither(rate, to):
    count = 20 * rate
    x = 0.1 * np.sin(2 * np.pi * 997 * np.arange(count) / rate)
    exact = normalize(x, rate, to, "--bits", "float32")
    error = (normalize(x, rate, to, "--bits", "16") - exact)[to : 19 * to]
    theory = decibels(0.25 / 32768**2)
    value = level(error) - theory
    report(f"16-bit noise against theory ({theory:.2f} dBFS)", value, "dB", "within 0.05", abs(value) <= 0.05)
    frequencies, density = signal.welch(error, to, nperseg=512)
    flat = decibels(density[4:-4] / np.mean(density[4:-4]))
    value = np.max(np.abs(flat))
    report("16-bit noise: largest deviation from flat in 256 bands", value, "dB", "<= 0.8", value <= 0.8)
    value = max(20 * np.log10(fit(error, 997 * n, to)[0]) for n in range(1, to // 2 // 997 + 1))
    report("16-bit noise: highest harmonic of the signal in it", value, "dBFS", "<= -130", value <= -130)
    lines = np.abs(np.fft.rfft(error)) ** 2
    value = decibels(np.max(lines) / np.mean(lines))
    # Of that many lines of pure noise, one is 14 dB above the mean once in a hundred thousand.
    report("16-bit noise: highest line over the mean", value, "dB", "<= 14", value <= 14)
    silent = decibels(np.mean(normalize(np.full(4 * rate, 1e-9), rate, to, "--bits", "16") ** 2)) - theory
    report("16-bit noise in silence against theory", silent, "dB", "within 0.1", abs(silent) <= 0.1)


for rate, to in RATIOS:
    print(f"{rate} -> {to} Hz")
    distortion(rate, to)
    response(rate, to)
    rejection(rate, to)
    x, y, exact = exactness(rate, to)
    if (rate, to) in RATIOS[:2]:
        reference(rate, to, x, y, exact)
print("48000 -> 16000 Hz, 16 bit")
dither(48000, 16000)
print(f"{misses} goals missed" if misses else "all goals met")
sys.exit(1 if misses else 0)
