import WAVE
