"""Records schedules, forward process, posteriors and samplers of diffusion models, written from the papers' own formulas.

    python recipes/pytorch/reference/diffusion.py > src/training/diffusion/reference.json

Needs numpy. In 64-bit floats throughout. The stand-in for a network is `answer` below, which the test repeats.
"""

import json
import sys

import numpy as np

SIZE = 6


def wave(k):
    i = np.arange(SIZE)
    return np.sin(1.7 * i + 0.9 * k + 0.3)


def answer(x, time):
    return 0.6 * np.tanh(x) * np.cos(0.002 * time) + 0.1 * wave(7)


def linear(T):
    betas = np.linspace(1e-4, 0.02, T)
    return betas, np.cumprod(1 - betas)


def cosine(T, s=0.008):
    f = np.cos((np.arange(T + 1) / T + s) / (1 + s) * np.pi / 2) ** 2
    betas = np.clip(1 - f[1:] / f[:-1], 0, 0.999)
    return betas, np.cumprod(1 - betas)


def times(T, steps):
    return [int(np.floor(T * (1 - i / steps) + 0.5)) - 1 for i in range(steps)]


def x0_eps(kind, x, a, out):
    """Splits x at alpha-bar `a` by a network answer of kind epsilon or v."""
    if kind == "epsilon":
        return (x - np.sqrt(1 - a) * out) / np.sqrt(a), out
    return np.sqrt(a) * x - np.sqrt(1 - a) * out, np.sqrt(a) * out + np.sqrt(1 - a) * x


def ddpm_full(kind, betas, bars):
    """Algorithm 2 of Ho et al. 2020 over every step, variance beta-tilde."""
    x, T, k = wave(0), len(betas), 1
    for t in reversed(range(T)):
        a, before = bars[t], bars[t - 1] if t else 1.0
        x0, _ = x0_eps(kind, x, a, answer(x, t))
        mean = np.sqrt(before) * betas[t] / (1 - a) * x0 + np.sqrt(1 - betas[t]) * (1 - before) / (1 - a) * x
        x = mean
        if t:
            x = x + np.sqrt(betas[t] * (1 - before) / (1 - a)) * wave(k)
            k += 1
    return x


def ddim(kind, bars, steps, eta):
    """Equation 12 of Song et al. 2021."""
    x, ts, k = wave(0), times(len(bars), steps), 1
    for i, t in enumerate(ts):
        a = bars[t]
        before = bars[ts[i + 1]] if i + 1 < len(ts) else 1.0
        x0, eps = x0_eps(kind, x, a, answer(x, t))
        sigma = eta * np.sqrt((1 - before) / (1 - a)) * np.sqrt(1 - a / before)
        x = np.sqrt(before) * x0 + np.sqrt(1 - before - sigma**2) * eps
        if sigma > 0:
            x = x + sigma * wave(k)
            k += 1
    return x


def dpm2m(kind, bars, steps):
    """DPM-Solver++(2M), algorithm 2 of Lu et al. 2022; first and last step of first order."""
    x, ts, old, old_h = wave(0), times(len(bars), steps), None, None
    lam = lambda a: 0.5 * np.log(a / (1 - a))
    for i, t in enumerate(ts):
        a = bars[t]
        x0, _ = x0_eps(kind, x, a, answer(x, t))
        if i + 1 == len(ts):
            x = x0
            break
        b = bars[ts[i + 1]]
        h = lam(b) - lam(a)
        D = x0 if old is None else (1 + h / (2 * old_h)) * x0 - h / (2 * old_h) * old
        x = np.sqrt(1 - b) / np.sqrt(1 - a) * x - np.sqrt(b) * np.expm1(-h) * D
        old, old_h = x0, h
    return x


def flow(steps, heun):
    """dx/dt = u from t = 1 to t = 0; the network is told 1000 t."""
    x = wave(0)
    for i in range(steps):
        t, s = 1 - i / steps, 1 - (i + 1) / steps
        u = answer(x, 1000 * t)
        if heun and i + 1 < steps:
            u = (u + answer(x + (s - t) * u, 1000 * s)) / 2
        x = x + (s - t) * u
    return x


def main():
    betas_l, bars_l = linear(1000)
    betas_c, bars_c = cosine(1000)
    picked = [0, 1, 10, 250, 500, 750, 990, 998, 999]
    t = 250
    mean = (np.sqrt(bars_l[t - 1]) * betas_l[t] * wave(1) + np.sqrt(1 - betas_l[t]) * (1 - bars_l[t - 1]) * wave(2)) / (1 - bars_l[t])
    v = np.sqrt(bars_c[500]) * wave(2) - np.sqrt(1 - bars_c[500]) * wave(1)
    result = {
        "picked": picked,
        "linear": {"betas": betas_l[picked].tolist(), "alphaBars": bars_l[picked].tolist()},
        "cosine": {"betas": betas_c[picked].tolist(), "alphaBars": bars_c[picked].tolist()},
        "forwardStep": (np.sqrt(1 - betas_l[t]) * wave(1) + np.sqrt(betas_l[t]) * wave(2)).tolist(),
        "forwardTo": (np.sqrt(bars_l[t]) * wave(1) + np.sqrt(1 - bars_l[t]) * wave(2)).tolist(),
        "posterior": {"mean": mean.tolist(), "variance": betas_l[t] * (1 - bars_l[t - 1]) / (1 - bars_l[t])},
        "v": v.tolist(),
        "samplers": {
            "ddpm": {kind: ddpm_full(kind, betas_l, bars_l).tolist() for kind in ("epsilon", "v")},
            "ddim": {kind: ddim(kind, bars_l, 10, 0.0).tolist() for kind in ("epsilon", "v")},
            "ddimHalf": {kind: ddim(kind, bars_l, 10, 0.5).tolist() for kind in ("epsilon", "v")},
            "ddimWhole": {kind: ddim(kind, bars_c, 7, 1.0).tolist() for kind in ("v",)},
            "dpm++2m": {kind: dpm2m(kind, bars_l, 10).tolist() for kind in ("epsilon", "v")},
            "euler": {"flow": flow(10, False).tolist()},
            "heun": {"flow": flow(10, True).tolist()},
        },
    }
    json.dump(result, sys.stdout, indent=1)
    print()


if __name__ == "__main__":
    main()
