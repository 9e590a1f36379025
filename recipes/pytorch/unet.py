"""The U-Net of src/training/diffusion/unet.ts in PyTorch: same configuration, same names and shapes of parameters.

    Unet(picture=dict(channels=3, height=32, width=32), network=dict(kind="unet", width=64, multipliers=[1, 2, 2],
         blocks=2, attention=[2], heads=4, groups=8), labels=10)(noisy, time, condition)

`noisy` (B, C, H, W), `time` (B), `condition` (B, labels + 1): a row of shares over the labels, the last column for "no label".
"""

import math

import torch
import torch.nn.functional as F
from torch import nn


def sinusoids(time, features):
    half = features // 2
    frequencies = torch.exp(-math.log(10000) * torch.arange(half, dtype=torch.float32) / half)
    angles = time[:, None] * frequencies[None].to(time)
    return torch.cat([angles.cos(), angles.sin()], 1)


def time_layers(features, width):
    return nn.Sequential(nn.Linear(features, width), nn.SiLU(), nn.Linear(width, width))


def condition_table(labels, width):
    return nn.ParameterDict({"weight": nn.Parameter(0.5 * torch.randn(labels + 1, width))}) if labels else None


def word_layers(words, width):
    return nn.Sequential(nn.Linear(words["dimensions"] + len(words["styles"]) + 1, width), nn.SiLU(), nn.Linear(width, width))


def embed(model, features, time, condition):
    out = model.time(sinusoids(time, features))
    if condition is None:
        return out
    told = model.condition
    return out + (told(condition) if isinstance(told, nn.Sequential) else condition @ told["weight"])


class Wrapped(nn.Conv2d):
    """A convolution to which the right edge meets the left one; zeros above and below."""

    def forward(self, x):
        across, along = self.padding[1], self.padding[0]
        round_ = F.pad(F.pad(x, (across, across, 0, 0), mode="circular"), (0, 0, along, along))
        return F.conv2d(round_, self.weight, self.bias)


class Attention(nn.Module):
    def __init__(self, channels, heads, groups):
        super().__init__()
        self.heads = heads
        self.norm = nn.GroupNorm(groups, channels, eps=1e-5)
        self.qkv = nn.Conv2d(channels, 3 * channels, 1)
        self.out = nn.Conv2d(channels, channels, 1)

    def forward(self, x):
        b, c, h, w = x.shape
        q, k, v = self.qkv(self.norm(x)).reshape(b, 3, self.heads, c // self.heads, h * w).unbind(1)
        heard = F.scaled_dot_product_attention(q.transpose(2, 3), k.transpose(2, 3), v.transpose(2, 3))
        return x + self.out(heard.transpose(2, 3).reshape(b, c, h, w))


class Block(nn.Module):
    def __init__(self, inputs, outputs, embedding, groups, heads=None, conv=nn.Conv2d):
        super().__init__()
        self.norm1 = nn.GroupNorm(groups, inputs, eps=1e-5)
        self.conv1 = conv(inputs, outputs, 3, padding=1)
        self.embed = nn.Linear(embedding, 2 * outputs)
        self.norm2 = nn.GroupNorm(groups, outputs, eps=1e-5)
        self.conv2 = conv(outputs, outputs, 3, padding=1)
        self.skip = nn.Conv2d(inputs, outputs, 1) if inputs != outputs else None
        self.attention = Attention(outputs, heads, groups) if heads else None

    def forward(self, x, embedding):
        within = self.conv1(F.silu(self.norm1(x)))
        scale, shift = self.embed(embedding)[:, :, None, None].chunk(2, 1)
        turned = self.norm2(within) * (1 + scale) + shift
        y = (x if self.skip is None else self.skip(x)) + self.conv2(F.silu(turned))
        return y if self.attention is None else self.attention(y)


class Unet(nn.Module):
    def __init__(self, picture, network, labels=0):
        super().__init__()
        width, groups, heads, blocks = (network[key] for key in ("width", "groups", "heads", "blocks"))
        widths = [width * multiplier for multiplier in network["multipliers"]]
        self.features, self.patch = width, network.get("patch", 1)
        conv = Wrapped if network.get("wrap") == "width" else nn.Conv2d
        numbers = picture["channels"] * self.patch**2
        self.time = time_layers(width, 4 * width)
        self.condition = condition_table(labels, 4 * width)

        def level(i, inputs):
            attended = heads if i in network["attention"] else None
            return nn.ModuleList(Block(inputs(j), widths[i], 4 * width, groups, attended, conv) for j in range(blocks))

        self.input = conv(numbers, width, 3, padding=1)
        before, after = [width, *widths[:-1]], [*widths[1:], widths[-1]]
        self.down = nn.ModuleList(level(i, lambda j: before[i] if j == 0 else widths[i]) for i in range(len(widths)))
        last = widths[-1]
        self.middle = nn.ModuleList([
            Block(last, last, 4 * width, groups, heads, conv), Block(last, last, 4 * width, groups, conv=conv)])
        self.up = nn.ModuleList(
            level(i, lambda j: (after[i] if j == 0 else widths[i]) + widths[i]) for i in range(len(widths)))
        self.output = nn.ModuleDict({
            "norm": nn.GroupNorm(groups, widths[0], eps=1e-5),
            "conv": conv(widths[0], numbers, 3, padding=1)})
        self.start()

    def start(self):
        """Uniform weights of variance 1 / inputs, biases 0; what writes into a sum begins at 0."""
        for name, p in self.named_parameters():
            if name.endswith("condition.weight") or "norm" in name:
                continue
            zero = name.endswith("bias") or any(end in name for end in ("conv2.", "attention.out.", "output.conv."))
            bound = 0.0 if zero else math.sqrt(3 / p[0].numel())
            nn.init.uniform_(p, -bound, bound)

    def forward(self, noisy, time, condition=None):
        embedding = F.silu(embed(self, self.features, time, condition))
        h, skips = self.input(F.pixel_unshuffle(noisy, self.patch)), []
        for i, level in enumerate(self.down):
            if i:
                h = F.avg_pool2d(h, 2)
            for block in level:
                h = block(h, embedding)
                skips.append(h)
        for block in self.middle:
            h = block(h, embedding)
        for i, level in enumerate(reversed(self.up)):
            if i:
                h = F.interpolate(h, scale_factor=2, mode="nearest")
            for block in level:
                h = block(torch.cat([h, skips.pop()], 1), embedding)
        return F.pixel_shuffle(self.output["conv"](F.silu(self.output["norm"](h))), self.patch)


def loss_of(model, noisy, time, target, weight, condition=None):
    off = model(noisy, time, condition) - target
    return ((off * off).mean((1, 2, 3)) * weight).mean()
