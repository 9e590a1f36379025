"""Records what PyTorch computes for the network that makes pictures larger, as the reference for our own engine.

    python recipes/pytorch/reference/record-enlarger.py > src/training/enlarge/reference.json

Needs torch. Inputs and weights follow a formula that the test repeats (`wave`), so the file holds results only: the
enlarged picture, PyTorch's own bicubic interpolation is not among them (its kernel is another), one step of AdamW.
"""

import json
import sys

import torch
import torch.nn.functional as F

torch.set_num_threads(1)
torch.set_default_dtype(torch.float64)
SCALE, WIDTH, BLOCKS, SIZE = 2, 6, 2, 12
RATE, BETAS, EPSILON = 0.01, (0.9, 0.99), 0.01


def wave(shape, k, scale=1.0):
    i = torch.arange(int(torch.tensor(shape).prod()), dtype=torch.float64)
    return (scale * torch.sin(1.7 * i + 0.9 * k + 0.001 * i * i)).float().double().reshape(shape)


def layers():
    sizes = [("first", 3, WIDTH)]
    for block in range(BLOCKS):
        sizes += [(f"block.{block}.in", WIDTH, WIDTH), (f"block.{block}.out", WIDTH, WIDTH)]
    return sizes + [("last", WIDTH, WIDTH), ("colour", WIDTH, 3 * SCALE * SCALE)]


weights = {}
for name, before, after in layers():
    weights[f"{name}.weight"] = wave([after, before, 3, 3], 100 + len(weights), 0.2)
    weights[f"{name}.bias"] = wave([after], 100 + len(weights), 0.2)
for weight in weights.values():
    weight.requires_grad_()


def convolve(x, name):
    return F.conv2d(x, weights[f"{name}.weight"], weights[f"{name}.bias"], padding=1)


def detail(small):
    first = convolve(small, "first")
    x = first
    for block in range(BLOCKS):
        x = x + 0.3 * convolve(F.leaky_relu(convolve(x, f"block.{block}.in"), 0.1), f"block.{block}.out")
    colours = convolve(F.leaky_relu(first + convolve(x, "last"), 0.1), "colour")
    n, _, h, w = colours.shape
    apart = colours.reshape(n, SCALE, SCALE, 3, h, w).permute(0, 3, 4, 1, 5, 2)  # (n, 3, h, row, w, column)
    return apart.reshape(n, 3, h * SCALE, w * SCALE)


def rounded(tensor):
    return [float(f"{x:.8g}") for x in tensor.detach().flatten().tolist()]


optimiser = torch.optim.AdamW(weights.values(), lr=RATE, betas=BETAS, eps=EPSILON, weight_decay=0)
made = detail(wave([2, 3, SIZE, SIZE], 1))
truth = wave([2, 3, SIZE * SCALE, SIZE * SCALE], 2)
margin = 3 * SCALE
off = (made - truth)[:, :, margin:-margin, margin:-margin]
loss = torch.sqrt(off * off + 1e-6).mean()
loss.backward()
optimiser.step()
after = {name: rounded(weights[name]) for name in ["first.bias", "block.1.in.bias", "colour.bias"]}
json.dump({"detail": rounded(made[0, :, 3:7]), "loss": loss.item(), "after": after}, sys.stdout, separators=(",", ":"))
print()
