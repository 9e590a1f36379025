"""Records what PyTorch computes for tiny U-Nets and a tiny DiT: the answer, the loss, and gradients by parameter.

    python recipes/pytorch/reference/diffusion_networks.py > src/training/diffusion/reference-networks.json

Needs torch. Weights and inputs follow formulas that the test repeats.
"""

import json
import pathlib
import sys

import torch

sys.path.insert(0, str(pathlib.Path(__file__).parent.parent))
from dit import Dit  # noqa: E402
from unet import Unet, loss_of  # noqa: E402

CONFIGS = {
    "unet": dict(picture=dict(channels=2, height=8, width=4), labels=["a", "b", "c"], network=dict(
        kind="unet", width=8, multipliers=[1, 2], blocks=2, attention=[1], heads=2, groups=4)),
    "loop": dict(picture=dict(channels=1, height=8, width=8), labels=["a", "b", "c"], network=dict(
        kind="unet", width=8, multipliers=[1, 2], blocks=1, attention=[1], heads=2, groups=4, patch=2, wrap="width")),
    "dit": dict(picture=dict(channels=2, height=8, width=4), labels=["a", "b", "c"], network=dict(
        kind="dit", patch=2, width=16, depth=2, heads=2)),
    "words": dict(picture=dict(channels=2, height=8, width=4), words=dict(dimensions=2, styles=["a"]), network=dict(
        kind="dit", patch=2, width=16, depth=2, heads=2, shared=True)),
}
TIMES = [3.0, 640.0]
WEIGHTS = [1.0, 0.25]
CONDITION = [[0.5, 0.0, 0.5, 0.0], [0.0, 0.0, 0.0, 1.0]]


def wave(size, k):
    i = torch.arange(size, dtype=torch.float64)
    return torch.sin(1.7 * i + 0.3 * k + 0.001 * i * i)


def main():
    torch.set_num_threads(1)
    result = {"times": TIMES, "weights": WEIGHTS, "condition": CONDITION}
    for name, config in CONFIGS.items():
        labels = len(config.get("labels", []))
        model = (Dit(config["picture"], config["network"], labels, config.get("words")) if config["network"]["kind"] == "dit"
                 else Unet(config["picture"], config["network"], labels))
        for k, (_, p) in enumerate(sorted(model.named_parameters())):
            p.data = ((0.25 * wave(p.numel(), k)).float()).reshape(p.shape)
        shape = (2, *(config["picture"][key] for key in ("channels", "height", "width")))
        size = shape[1] * shape[2] * shape[3] * 2
        noisy, target = wave(size, 50).float().reshape(shape), wave(size, 51).float().reshape(shape)
        time, weight, condition = (torch.tensor(x) for x in (TIMES, WEIGHTS, CONDITION))
        answer = model(noisy, time, condition)
        loss = loss_of(model, noisy, time, target, weight, condition)
        loss.backward()
        result[name] = {
            "config": config, "answer": answer.flatten().tolist(), "loss": loss.item(),
            "parameters": {n: list(p.shape) for n, p in model.named_parameters()},
            "gradients": {n: {"head": p.grad.flatten()[:4].tolist(), "length": p.grad.double().norm().item()}
                          for n, p in model.named_parameters()}}
    json.dump(result, sys.stdout)
    print()


main()
