"""The files that the tools are compared on: noise that swells and fades like speech, over a few tones."""

import numpy as np
import soundfile

PIECE_SECONDS = 30


def piece(rate, channels, seed=1):
    """Half a minute of sound, its channels alike but not the same; peaks stay below full scale."""
    random = np.random.default_rng(seed)
    frames = PIECE_SECONDS * rate
    time = np.arange(frames) / rate
    voice = random.standard_normal(frames) * np.abs(np.sin(2 * np.pi * 1.7 * time)) * np.abs(np.sin(np.pi * 0.31 * time))
    tones = sum(np.sin(2 * np.pi * f * time) for f in (220, 997, 2500))
    sound = 0.06 * voice + 0.05 * tones
    return np.stack([sound + 0.01 * random.standard_normal(frames) for _ in range(channels)], axis=1).astype("f4")


def write(path, rate, channels, subtype, seconds):
    """Writes `seconds` of sound; returns the path."""
    sound = piece(rate, channels)
    left = int(seconds * rate)
    with soundfile.SoundFile(path, "w", rate, channels, subtype, format="WAV") as file:
        while left > 0:
            file.write(sound[:left])
            left -= len(sound)
    return path


def write_clips(folder, count):
    """Writes clips of 5 s, 44.1 kHz, stereo, 16 bit, each from another place of one recording; returns the folder."""
    folder.mkdir()
    rate = 44100
    sound = (piece(rate, 2) * 32767).astype("i2")
    for number in range(count):
        start = number * 997 % (len(sound) - 5 * rate)
        soundfile.write(folder / f"clip-{number:04}.wav", sound[start : start + 5 * rate], rate, "PCM_16")
    return folder


def write_tone(path, frequency, rate=48000, seconds=4):
    """Writes a tone of full scale but for 1 dB, mono float32; returns the path."""
    tone = 10 ** (-1 / 20) * np.sin(2 * np.pi * frequency * np.arange(seconds * rate) / rate)
    soundfile.write(path, tone.astype("f4"), rate, "FLOAT")
    return path
