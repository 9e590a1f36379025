"""The diffusion Transformer of src/training/diffusion/dit.ts in PyTorch: same configuration, names and shapes.

    Dit(picture=dict(channels=4, height=8, width=8), network=dict(kind="dit", patch=1, width=128, depth=6, heads=4),
        labels=10)(noisy, time, condition)
"""

import math

import torch
import torch.nn.functional as F
from torch import nn

from unet import condition_table, embed, time_layers, word_layers

FEATURES = 128


def positions(rows, columns, width):
    """Sines and cosines, (rows * columns, width): half of the numbers for the row, half for the column."""
    quarter = width // 4
    frequencies = 1 / 10000 ** (torch.arange(quarter, dtype=torch.float64) / quarter)
    along = lambda places: torch.cat([(places[:, None] * frequencies).sin(), (places[:, None] * frequencies).cos()], 1)
    y, x = torch.meshgrid(torch.arange(rows), torch.arange(columns), indexing="ij")
    return torch.cat([along(y.flatten()), along(x.flatten())], 1).float()


class Block(nn.Module):
    def __init__(self, width, heads, shared):
        super().__init__()
        self.heads = heads
        self.qkv = nn.Linear(width, 3 * width)
        self.out = nn.Linear(width, width)
        self.up = nn.Linear(width, 4 * width)
        self.down = nn.Linear(4 * width, width)
        self.modulate = nn.Parameter(torch.zeros(6 * width)) if shared else nn.Linear(width, 6 * width)

    def forward(self, x, embedding, common):
        b, t, c = x.shape
        told = self.modulate(embedding) if common is None else common + self.modulate
        shift1, scale1, gate1, shift2, scale2, gate2 = told[:, None].chunk(6, 2)
        q, k, v = self.qkv(normed(x, shift1, scale1)).reshape(b, t, 3, self.heads, c // self.heads).permute(2, 0, 3, 1, 4)
        heard = F.scaled_dot_product_attention(q, k, v).transpose(1, 2).reshape(b, t, c)
        x = x + gate1 * self.out(heard)
        return x + gate2 * self.down(F.gelu(self.up(normed(x, shift2, scale2))))


def normed(x, shift, scale):
    return F.layer_norm(x, x.shape[-1:], eps=1e-6) * (1 + scale) + shift


class Dit(nn.Module):
    def __init__(self, picture, network, labels=0, words=None):
        super().__init__()
        width, self.patch, self.shared = network["width"], network["patch"], network.get("shared", False)
        numbers = picture["channels"] * self.patch**2
        self.time = time_layers(FEATURES, width)
        self.condition = word_layers(words, width) if words else condition_table(labels, width)
        self.input = nn.Linear(numbers, width)
        self.blocks = nn.ModuleList(Block(width, network["heads"], self.shared) for _ in range(network["depth"]))
        if self.shared:
            self.modulate = nn.Linear(width, 6 * width)
        self.output = nn.ModuleDict({"modulate": nn.Linear(width, 2 * width), "linear": nn.Linear(width, numbers)})
        self.register_buffer(
            "places", positions(picture["height"] // self.patch, picture["width"] // self.patch, width), persistent=False)
        for name, p in self.named_parameters():
            if name != "condition.weight":
                zero = name.endswith("bias") or "modulate" in name or name.startswith("output")
                bound = 0.0 if zero else math.sqrt(3 / p[0].numel())
                nn.init.uniform_(p, -bound, bound)

    def forward(self, noisy, time, condition=None):
        b, c, h, w = noisy.shape
        p = self.patch
        embedding = F.silu(embed(self, FEATURES, time, condition))
        rows = noisy.reshape(b, c, h // p, p, w // p, p).permute(0, 2, 4, 1, 3, 5).reshape(b, -1, c * p * p)
        x = self.input(rows) + self.places
        common = self.modulate(embedding) if self.shared else None
        for block in self.blocks:
            x = block(x, embedding, common)
        shift, scale = self.output["modulate"](embedding)[:, None].chunk(2, 2)
        out = self.output["linear"](normed(x, shift, scale))
        return out.reshape(b, h // p, w // p, c, p, p).permute(0, 3, 1, 4, 2, 5).reshape(b, c, h, w)
