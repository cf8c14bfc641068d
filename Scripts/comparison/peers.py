"""The commands that do the same work: a recording to 16 kHz mono."""

from pathlib import Path

from measure import Tool

SOX_HIGH = "sox rate -h"
SOX = "sox rate"
FFMPEG = "ffmpeg"
FFMPEG_SOXR = "ffmpeg, soxr"


def normalizers(program, source, folder, floating=False):
    """Ours and its peers, each with its own output in `folder`, as 16-bit integers or floats."""

    ours = [program, "normalize", source, "--rate", 16000, "--channels", "mono", "--quiet"]
    ours += ["--bits", "float32" if floating else 16]
    sox_format = ["-e", "float", "-b", 32] if floating else ["-b", 16]
    ffmpeg_format = ["-ac", 1, "-ar", 16000, "-c:a", "pcm_f32le" if floating else "pcm_s16le"]
    ffmpeg = ["ffmpeg", "-y", "-v", "error", "-nostdin", "-i", source]
    commands = {
        "wavprep": lambda target: [*ours, "-o", target],
        "wavprep -j 1": lambda target: [*ours, "-j", 1, "-o", target],
        SOX_HIGH: lambda target: ["sox", source, *sox_format, target, "remix", "-", "rate", "-h", 16000],
        SOX: lambda target: ["sox", source, *sox_format, target, "remix", "-", "rate", 16000],
        FFMPEG: lambda target: [*ffmpeg, *ffmpeg_format, target],
        FFMPEG_SOXR: lambda target: [*ffmpeg, "-af", "aresample=resampler=soxr", *ffmpeg_format, target],
    }
    tools = {}
    for number, (name, command) in enumerate(commands.items()):
        target = Path(folder, f"out-{number}.wav")
        tools[name] = Tool(name, command(target), target)
    return tools


def sndfile_resamplers(source, folder, scale):
    """libsamplerate's own program, which keeps both channels."""
    return [
        Tool(
            f"sndfile-resample, {name}",
            ["sndfile-resample", "-to", 16000, "-c", converter, source, Path(folder, f"src-{converter}.wav")],
            scale=scale)
        for name, converter in [("best", 0), ("fastest", 2)]
    ]
