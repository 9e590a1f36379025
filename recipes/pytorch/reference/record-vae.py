"""Records what PyTorch computes for two tiny autoencoders, as the reference for our own.

    python recipes/pytorch/reference/record-vae.py > src/training/vae/reference.json

Needs torch. Weights and pictures follow a formula that the test repeats, in the order of the parameters: for the KL
variant the moments, the reconstruction, the loss and the length of every gradient; for the VQ variant the same and the
chosen codes. The network is the picture in src/training/vae/network.ts.
"""

import json
import sys

import torch
import torch.nn as nn
import torch.nn.functional as F

torch.set_num_threads(1)
PICTURE, PATCH, WIDTHS, BLOCKS, GROUPS, LATENT, CODES, BATCH = (3, 16, 8), 2, [4, 8], 2, 2, 3, 7, 2
BETA, FREE, COMMITMENT = 0.3, 0.4, 0.25


class Block(nn.Module):
    def __init__(self, inputs, outputs):
        super().__init__()
        self.norm1, self.conv1 = nn.GroupNorm(GROUPS, inputs, 1e-5), nn.Conv2d(inputs, outputs, 3, padding=1)
        self.norm2, self.conv2 = nn.GroupNorm(GROUPS, outputs, 1e-5), nn.Conv2d(outputs, outputs, 3, padding=1)
        if inputs != outputs:
            self.skip = nn.Conv2d(inputs, outputs, 1)

    def forward(self, x):
        h = self.conv2(F.silu(self.norm2(self.conv1(F.silu(self.norm1(x))))))
        return h + (self.skip(x) if hasattr(self, "skip") else x)


class Side(nn.Module):
    def __init__(self, first, widths, last, between):
        super().__init__()
        self.between = between
        self.input = nn.Conv2d(first, widths[0], 3, padding=1)
        for i, own in enumerate(widths):
            before = widths[max(i - 1, 0)]
            setattr(self, str(i), nn.ModuleList(Block(before if j == 0 else own, own) for j in range(BLOCKS)))
        self.output = nn.ModuleDict(dict(norm=nn.GroupNorm(GROUPS, widths[-1], 1e-5),
                                         conv=nn.Conv2d(widths[-1], last, 3, padding=1)))
        self.count = len(widths)

    def forward(self, x):
        h = self.input(x)
        for i in range(self.count):
            if i > 0:
                h = self.between(h)
            for block in getattr(self, str(i)):
                h = block(h)
        return self.output["conv"](F.silu(self.output["norm"](h)))


class Vae(nn.Module):
    def __init__(self, moments):
        super().__init__()
        c = PICTURE[0] * PATCH * PATCH
        self.encoder = Side(c, WIDTHS, moments, lambda h: F.avg_pool2d(h, 2))
        self.decoder = Side(LATENT, WIDTHS[::-1], c, lambda h: F.interpolate(h, scale_factor=2, mode="nearest"))

    def encode(self, x):
        b, c, h, w = x.shape
        folded = x.reshape(b, c, h // PATCH, PATCH, w // PATCH, PATCH).permute(0, 3, 5, 1, 2, 4)
        return self.encoder(folded.reshape(b, -1, h // PATCH, w // PATCH))

    def decode(self, z):
        y = self.decoder(z)
        b, c, h, w = y.shape
        unfolded = y.reshape(b, PATCH, PATCH, c // PATCH**2, h, w).permute(0, 3, 4, 1, 5, 2)
        return unfolded.reshape(b, -1, h * PATCH, w * PATCH)


def wave(shape, k):
    i = torch.arange(torch.Size(shape).numel(), dtype=torch.float64)
    return torch.sin(1.7 * i + 0.9 * k + 0.001 * i * i).float().reshape(shape)


def fill(model, names):
    parameters = dict(model.named_parameters())
    for k, name in enumerate(names):
        p = parameters[name]
        p.data = 1 + 0.1 * wave(p.shape, k) if name.split(".")[-2].startswith("norm") and name.endswith("weight") else 0.4 * wave(p.shape, k)


def ordered(model):
    """Names in the order of our parameter list: input, levels, output; within a block norm1, conv1, norm2, conv2, skip."""
    return [name for name, _ in model.named_parameters()]


def rounded(tensor):
    return [float(f"{x:.7g}") for x in tensor.detach().flatten().tolist()]


def entry(model, names, loss, **facts):
    loss.backward()
    parameters = dict(model.named_parameters())
    return {"names": names, "loss": loss.item(), **{key: rounded(value) for key, value in facts.items()},
            "gradientLengths": [parameters[name].grad.norm().item() for name in names]}


def main():
    x = wave((BATCH, *PICTURE), 50)
    kl = Vae(2 * LATENT)
    names = ordered(kl)
    fill(kl, names)
    moments = kl.encode(x)
    mean, log_variance = moments.chunk(2, 1)
    out = kl.decode(mean + wave(mean.shape, 51) * torch.exp(0.5 * log_variance))
    each = 0.5 * (mean**2 + log_variance.exp() - 1 - log_variance)
    channels = each.mean((0, 2, 3))
    charge = torch.where(channels > FREE, channels, torch.tensor(FREE)).sum() * mean.shape[2] * mean.shape[3]
    loss = F.mse_loss(out, x) + BETA * charge / (x.numel() / BATCH)
    result = {"kl": entry(kl, names, loss, mean=mean, logVariance=log_variance, pictures=out, divergence=each.sum() / BATCH)}

    vq = Vae(LATENT)
    names = ordered(vq)
    fill(vq, names)
    codebook = nn.Parameter(0.5 * wave((CODES, LATENT), 52))
    vq.register_parameter("codebook", codebook)
    z = vq.encode(x)
    rows = z.permute(0, 2, 3, 1).reshape(-1, LATENT)
    indices = torch.cdist(rows, codebook).argmin(1)
    chosen = codebook[indices]
    through = rows + (chosen - rows).detach()
    out = vq.decode(through.reshape(z.shape[0], z.shape[2], z.shape[3], LATENT).permute(0, 3, 1, 2))
    loss = F.mse_loss(out, x) + COMMITMENT * F.mse_loss(rows, chosen.detach()) + F.mse_loss(rows.detach(), chosen)
    shares = torch.bincount(indices, minlength=CODES) / len(indices)
    perplexity = torch.exp(-(shares * torch.log(shares + 1e-10)).sum())
    result["vq"] = entry(vq, [*names, "codebook"], loss, indices=indices, pictures=out, perplexity=perplexity)
    json.dump(result, sys.stdout, separators=(",", ":"))
    print()


main()
