"""Records what librosa computes for a short signal, as the reference for our own mel spectrograms.

    python recipes/pytorch/reference/record-mel.py > src/training/sound/mel-reference.json

Needs librosa. The signal follows a formula that the test repeats.
"""

import json
import sys

import librosa
import numpy as np

RATE, SIZE, HOP, BANDS, LENGTH = 8000, 256, 64, 12, 600


def rounded(values):
    return [float(f"{x:.8g}") for x in np.asarray(values, dtype=np.float64).flatten()]


def main():
    t = np.arange(LENGTH) / RATE
    signal = (0.5 * np.sin(2 * np.pi * 440 * t) + 0.3 * np.sin(2 * np.pi * 1710 * t + 1) * np.exp(-9 * t)).astype(np.float32)
    spectrum = librosa.stft(signal, n_fft=SIZE, hop_length=HOP)
    result = {"rate": RATE, "size": SIZE, "hop": HOP, "bands": BANDS, "length": LENGTH,
              "magnitudes": rounded(np.abs(spectrum).T[::3])}
    for scale in ("slaney", "htk"):
        facts = dict(sr=RATE, n_fft=SIZE, n_mels=BANDS, htk=scale == "htk")
        power = librosa.feature.melspectrogram(y=signal, hop_length=HOP, **facts)
        filters = librosa.filters.mel(fmin=100, fmax=3000, **facts)
        result[scale] = {"power": rounded(power.T), "filterSums": rounded(filters.sum(1)), "decibels": rounded(librosa.power_to_db(power, amin=1e-10, top_db=None).T[:2])}
    json.dump(result, sys.stdout, separators=(",", ":"))
    print()


main()
