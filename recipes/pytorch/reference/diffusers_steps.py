"""The schedulers of diffusers by their formulas, and our own random numbers, for the scripts that record pipelines."""
import hashlib
import math

import numpy as np
import torch


class Random:
    """src/core/random.ts: xoshiro128** 1.1, seeded by SHA-256, normal numbers by Box and Muller."""

    def __init__(self, seed):
        digest = hashlib.sha256(f"random:{seed}".encode()).hexdigest()
        self.s = [int(digest[i * 8:i * 8 + 8], 16) for i in range(4)]
        self.s[0] |= 1

    def next(self):
        rotl = lambda x, k: ((x << k) | (x >> (32 - k))) & 0xFFFFFFFF
        s = self.s
        result = (rotl((s[1] * 5) & 0xFFFFFFFF, 7) * 9) & 0xFFFFFFFF
        t = (s[1] << 9) & 0xFFFFFFFF
        s[2] ^= s[0]
        s[3] ^= s[1]
        s[1] ^= s[2]
        s[0] ^= s[3]
        s[2] ^= t
        s[3] = rotl(s[3], 11)
        return result / 2**32

    def normal(self, *shape):
        draw = lambda: math.sqrt(-2 * math.log(1 - self.next())) * math.cos(2 * math.pi * self.next())
        return torch.tensor([draw() for _ in range(math.prod(shape))], dtype=torch.float32).reshape(shape)


def products(c):
    n = c.get("num_train_timesteps", 1000)
    a, b = c.get("beta_start", 0.0001), c.get("beta_end", 0.02)
    kind = c.get("beta_schedule", "linear")
    if kind == "linear":
        betas = torch.linspace(a, b, n, dtype=torch.float32)
    elif kind == "scaled_linear":
        betas = torch.linspace(a**0.5, b**0.5, n, dtype=torch.float32) ** 2
    else:
        bar = lambda t: math.cos((t + 0.008) / 1.008 * math.pi / 2) ** 2
        betas = torch.tensor([min(1 - bar((i + 1) / n) / bar(i / n), 0.999) for i in range(n)], dtype=torch.float32)
    if c.get("rescale_betas_zero_snr"):
        root = torch.cumprod(1 - betas, 0).sqrt()
        first, last = root[0].clone(), root[-1].clone()
        root = (root - last) * (first / (first - last))
        bars = root**2
        betas = 1 - torch.cat([bars[:1], bars[1:] / bars[:-1]])
    return torch.cumprod(1 - betas, 0)


def places(c, steps, spacing, extra=0):
    n = c.get("num_train_timesteps", 1000)
    if spacing == "linspace":
        line = np.linspace(0, n - 1, steps + extra)[::-1]
        return line[:-1].copy() if extra else line.copy()
    if spacing == "leading":
        line = (np.arange(0, steps + extra) * (n // (steps + extra))).round()[::-1]
        return (line[:-1] if extra else line).astype(np.float64) + c.get("steps_offset", 0)
    return np.arange(n, 0, -n / steps).round() - 1


def karras(most, least, steps):
    ramp = np.linspace(0, 1, steps)
    return (most ** (1 / 7) + ramp * (least ** (1 / 7) - most ** (1 / 7))) ** 7


def moment_of(sigma, logs):
    wanted = np.log(max(sigma, 1e-10))
    low = int(min(np.cumsum(wanted - logs >= 0).argmax(), len(logs) - 2))
    w = np.clip((logs[low] - wanted) / (logs[low] - logs[low + 1]), 0, 1)
    return (1 - w) * low + w * (low + 1)


def picture_of(kind, said, x, signal, noise):
    if kind == "sample":
        return said
    return signal * x - noise * said if kind == "v_prediction" else (x - noise * said) / signal


def sample(c, steps, network, x, draw, start=0, noised=None):
    """A whole run; `x` is plain noise. Gives what comes out, and σ and moments where there are some."""
    kind, name = c.get("prediction_type", "epsilon"), c["_class_name"]
    bars = products(c)
    trained = (((1 - bars) / bars) ** 0.5).numpy().astype(np.float64)
    if name == "FlowMatchEulerDiscreteScheduler":
        n, shift = c.get("num_train_timesteps", 1000), c.get("shift", 1.0)
        bend = lambda s: shift * s / (1 + (shift - 1) * s)
        sigmas = np.append(bend(np.linspace(bend(1.0), bend(1 / n), steps)), 0).astype(np.float32)
        moments = sigmas[:-1] * n
        x = x if noised is None else (1 - sigmas[start]) * noised + sigmas[start] * x
        for i in range(start, steps):
            x = x + (sigmas[i + 1] - sigmas[i]) * network(x, float(moments[i]))
        return x, sigmas, moments
    if name == "DDIMScheduler":
        moments = places(c, steps, c.get("timestep_spacing", "leading")).round().astype(int)
        final = torch.tensor(1.0) if c.get("set_alpha_to_one", True) else bars[0]
        if noised is not None:
            bar = bars[moments[start]]
            x = bar**0.5 * noised + (1 - bar) ** 0.5 * x
        for t in moments[start:]:
            before = t - c.get("num_train_timesteps", 1000) // steps
            bar, next_bar = bars[t], bars[before] if before >= 0 else final
            said = network(x, float(t))
            clean = picture_of(kind, said, x, bar**0.5, (1 - bar) ** 0.5)
            if kind == "epsilon":
                eps = said
            elif kind == "sample":
                eps = (x - bar**0.5 * clean) / (1 - bar) ** 0.5
            else:
                eps = bar**0.5 * said + (1 - bar) ** 0.5 * x
            if c.get("clip_sample", True):
                clean = clean.clamp(-1, 1)
            x = next_bar**0.5 * clean + (1 - next_bar) ** 0.5 * eps
        return x, None, moments
    if name.startswith("Euler"):
        moments = places(c, steps, c.get("timestep_spacing", "linspace")).astype(np.float32)
        sigmas = np.interp(moments, np.arange(len(trained)), trained)
        if c.get("use_karras_sigmas"):
            sigmas = karras(sigmas[0], sigmas[-1], steps)
            moments = np.array([moment_of(s, np.log(trained)) for s in sigmas])
        sigmas = np.append(sigmas, 0).astype(np.float32)
        leading = c.get("timestep_spacing") == "leading"
        x = x * float((sigmas.max() ** 2 + 1) ** 0.5 if leading else sigmas.max()) if noised is None else noised + float(sigmas[start]) * x
        for i in range(start, steps):
            s, after = float(sigmas[i]), float(sigmas[i + 1])
            said = network(x / (s * s + 1) ** 0.5, float(moments[i]))
            if kind == "epsilon":
                clean = x - s * said
            elif kind == "sample":
                clean = said
            else:
                clean = said * (-s / (s * s + 1) ** 0.5) + x / (s * s + 1)
            up = 0.0
            if "Ancestral" in name:
                up = (after**2 * (s**2 - after**2) / s**2) ** 0.5
            down = (after**2 - up**2) ** 0.5
            x = x + (x - clean) / s * (down - s)
            if up > 0:
                x = x + up * draw()
        return x, sigmas, moments
    # DPM-Solver++ 2M
    if c.get("rescale_betas_zero_snr"):
        bars[-1] = 2**-24
        trained = (((1 - bars) / bars) ** 0.5).numpy().astype(np.float64)
    spacing = c.get("timestep_spacing", "linspace")
    moments = places(c, steps, spacing, 0 if spacing == "trailing" else 1).round()
    sigmas = np.interp(moments, np.arange(len(trained)), trained)
    if c.get("use_karras_sigmas"):
        sigmas = karras(trained[-1], trained[0], steps)
        moments = np.array([moment_of(s, np.log(trained)) for s in sigmas]).round()
    last = trained[0] if c.get("final_sigmas_type") == "sigma_min" else 0
    sigmas = np.append(sigmas, last).astype(np.float32)
    share = lambda s: (1 / (s * s + 1) ** 0.5, s / (s * s + 1) ** 0.5)
    lam = lambda s: math.inf if s == 0 else -math.log(s)
    seen = []
    if noised is not None:
        a, b = share(float(sigmas[start]))
        x = a * noised + b * x
    for i in range(start, steps):
        s, after = float(sigmas[i]), float(sigmas[i + 1])
        (a, b), (a2, b2) = share(s), share(after)
        seen.append(picture_of(kind, network(x, float(moments[i])), x, a, b))
        h = lam(after) - lam(s)
        pull = a2 * (math.exp(-h) - 1)
        end = i == steps - 1 and (steps < 15 or c.get("final_sigmas_type", "zero") == "zero")
        moved = (b2 / b) * x - pull * seen[-1]
        if len(seen) > 1 and not end:
            r = (lam(s) - lam(float(sigmas[i - 1]))) / h
            moved = moved - 0.5 * pull * (seen[-1] - seen[-2]) / r
        x = moved
    return x, sigmas, moments


def listed(values, digits=6):
    return [round(float(v), digits) for v in np.asarray(values, dtype=np.float64).flatten()]
