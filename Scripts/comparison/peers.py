"""The commands that do the same work: a recording to 16 kHz mono."""

from pathlib import Path

from measure import Tool

SOX_HIGH = "sox rate -h"
SOX = "sox rate"
FFMPEG = "ffmpeg"
FFMPEG_SOXR = "ffmpeg, soxr"


def normalizers(program, source, folder, floating=False):
    """Ours and its peers, each with its own output in `folder`, as 16-bit integers or floats."""

    def target(name):
        return Path(folder, f"{name}.wav")

    ours = [program, "normalize", source, "--rate", 16000, "--channels", "mono", "--force", "--quiet"]
    ours += ["--bits", "float32" if floating else 16]
    sox_format = ["-e", "float", "-b", 32] if floating else ["-b", 16]
    ffmpeg_format = ["-ac", 1, "-ar", 16000, "-c:a", "pcm_f32le" if floating else "pcm_s16le"]
    ffmpeg = ["ffmpeg", "-y", "-v", "error", "-nostdin", "-i", source]
    return {
        tool.name: (tool, path)
        for tool, path in [
            (Tool("wavprep", [*ours, "-o", target("ours")]), target("ours")),
            (Tool("wavprep -j 1", [*ours, "-j", 1, "-o", target("ours-1")]), target("ours-1")),
            (
                Tool(SOX_HIGH, ["sox", source, *sox_format, target("sox-h"), "remix", "-", "rate", "-h", 16000]),
                target("sox-h"),
            ),
            (Tool(SOX, ["sox", source, *sox_format, target("sox"), "remix", "-", "rate", 16000]), target("sox")),
            (Tool(FFMPEG, [*ffmpeg, *ffmpeg_format, target("ffmpeg")]), target("ffmpeg")),
            (
                Tool(FFMPEG_SOXR, [*ffmpeg, "-af", "aresample=resampler=soxr", *ffmpeg_format, target("ffmpeg-soxr")]),
                target("ffmpeg-soxr"),
            ),
        ]
    }


def sndfile_resamplers(source, folder, scale):
    """libsamplerate's own program, which keeps both channels."""
    return [
        Tool(
            f"sndfile-resample, {name}",
            ["sndfile-resample", "-to", 16000, "-c", converter, source, Path(folder, f"src-{converter}.wav")],
            scale)
        for name, converter in [("best", 0), ("fastest", 2)]
    ]
