"""Records what PyTorch computes for the networks that make pictures, as the reference for our own engine.

    python recipes/pytorch/reference/record-gan.py > src/training/gan/reference.json

Needs torch. Inputs and weights follow a formula that the test repeats (`wave`), so the file holds results only. The
networks are written with torch.nn modules, spectral norm is PyTorch's own, R1 goes through autograd twice.
"""

import json
import sys

import torch
import torch.nn.functional as F
from torch import nn

torch.set_num_threads(1)
torch.set_default_dtype(torch.float64)

GAN = {"latent": 4, "generator": [8, 4, 6], "discriminator": [4, 6], "groups": 2, "deviationGroup": 2}
PAINTER = {"generator": [4, 6, 8], "discriminator": [4, 6], "groups": 2}
BATCH = 4
RATE, BETAS, EPSILON = 0.02, (0.5, 0.99), 0.01


def wave(shape, k, scale=1.0):
    i = torch.arange(max(1, int(torch.tensor(shape).prod())), dtype=torch.float64)
    return (scale * torch.sin(1.7 * i + 0.9 * k + 0.001 * i * i)).float().double().reshape(shape)


def rounded(tensor):
    return [float(f"{x:.8g}") for x in tensor.detach().flatten().tolist()]


class Generator(nn.Module):
    def __init__(self, latent, widths, groups):
        super().__init__()
        self.widths = widths
        self.start = nn.Linear(latent, widths[0] * 16)
        for level, width in enumerate(widths):
            self.add_module(str(level), nn.ModuleDict({
                "conv": nn.Conv2d(widths[max(0, level - 1)], width, 3, padding=1),
                "norm": nn.GroupNorm(groups, width),
                "style": nn.Linear(latent, width),
                "colour": nn.Conv2d(width, 3, 1),
            }))

    def forward(self, z):
        x = self.start(z).view(len(z), -1, 4, 4)
        picture = None
        for level in range(len(self.widths)):
            layer = getattr(self, str(level))
            if level > 0:
                x = F.interpolate(x, scale_factor=2, mode="nearest")
            x = F.leaky_relu(layer["norm"](layer["conv"](x)) * (1 + layer["style"](z))[:, :, None, None], 0.2)
            colour = layer["colour"](x)
            picture = colour if picture is None else F.interpolate(picture, scale_factor=2, mode="nearest") + colour
        return torch.tanh(picture)


class Discriminator(nn.Module):
    def __init__(self, widths, group):
        super().__init__()
        self.widths, self.group = widths, group
        for level, width in enumerate(widths):
            self.add_module(str(level), nn.Conv2d(([3] + widths)[level], width, 4, stride=2, padding=1))
        self.last = nn.Conv2d(widths[-1] + 1, widths[-1], 3, padding=1)
        self.judge = nn.Linear(widths[-1] * 16, 1)

    def forward(self, x):
        for level in range(len(self.widths)):
            x = F.leaky_relu(getattr(self, str(level))(x), 0.2)
        n, _, h, w = x.shape
        groups = x.view(n // self.group, self.group, -1)
        deviation = (groups.var(1, unbiased=False) + 1e-8).sqrt().mean(1)
        maps = deviation.repeat_interleave(self.group).view(n, 1, 1, 1).expand(n, 1, h, w)
        x = F.leaky_relu(self.last(torch.cat([x, maps], 1)), 0.2)
        return self.judge(x.flatten(1))


class Painter(nn.Module):
    def __init__(self, widths, groups):
        super().__init__()
        self.widths = widths
        self.first = nn.Conv2d(1, widths[0], 3, padding=1)
        self.down, self.up = nn.ModuleDict(), nn.ModuleDict()
        for level in range(1, len(widths)):
            down = nn.Conv2d(widths[level - 1], widths[level], 4, stride=2, padding=1)
            down.norm = nn.GroupNorm(groups, widths[level])
            self.down[str(level)] = down
        for level in range(1, len(widths)):
            up = nn.Conv2d(widths[level] + widths[level - 1], widths[level - 1], 3, padding=1)
            up.norm = nn.GroupNorm(groups, widths[level - 1])
            self.up[str(level)] = up
        self.colour = nn.Conv2d(widths[0], 3, 3, padding=1)

    def forward(self, sketch):
        levels = [F.leaky_relu(self.first(sketch), 0.2)]
        for down in self.down.values():
            levels.append(F.leaky_relu(down.norm(down(levels[-1])), 0.2))
        x = levels[-1]
        for level in range(len(self.widths) - 1, 0, -1):
            up = self.up[str(level)]
            x = F.relu(up.norm(up(torch.cat([F.interpolate(x, scale_factor=2, mode="nearest"), levels[level - 1]], 1))))
        return torch.tanh(self.colour(x))


class Patches(nn.Module):
    def __init__(self, widths):
        super().__init__()
        self.widths = widths
        for level, width in enumerate(widths):
            last = level == len(widths) - 1
            layer = nn.Conv2d(([4] + widths)[level], width, 3 if last else 4, stride=1 if last else 2, padding=1)
            self.add_module(str(level), layer)
        self.judge = nn.Conv2d(widths[-1], 1, 3, padding=1)

    def forward(self, sketch, painting):
        x, features = torch.cat([sketch, painting], 1), []
        for level in range(len(self.widths)):
            x = F.leaky_relu(getattr(self, str(level))(x), 0.2)
            features.append(x)
        return self.judge(x), features


def fill(network, first):
    """Weights by the formula, in the order of their names as our parameters list them; returns the names in that order."""
    names = []
    for k, (name, parameter) in enumerate(network.named_parameters()):
        scale = 0.3
        base = 1.0 if "norm.weight" in name else 0.0
        parameter.data = base + wave(list(parameter.shape), first + k, scale)
        names.append(name)
    return names


def spectral(network, first):
    modules = [m for m in network.modules() if isinstance(m, (nn.Conv2d, nn.Linear))]
    for k, module in enumerate(modules):
        nn.utils.spectral_norm(module, eps=1e-12)
        module.weight_u.data = wave(list(module.weight_u.shape), first + k)


def loss_of(kind, real, fake):
    if kind == "hinge":
        return F.relu(1 - real).mean() + F.relu(1 + fake).mean()
    return F.softplus(-real).mean() + F.softplus(fake).mean()


def parameters_after(network, names):
    values = dict(network.named_parameters())
    return {name: rounded(values.get(name, values.get(name + "_orig"))) for name in names}


def gan(kind, with_spectral):
    g = Generator(GAN["latent"], GAN["generator"], GAN["groups"])
    d = Discriminator(GAN["discriminator"], GAN["deviationGroup"])
    fill(g, 100)
    names = fill(d, 200)
    if with_spectral:
        spectral(d, 300)
    z, real = wave([BATCH, GAN["latent"]], 1), wave([BATCH, 3, 16, 16], 2)
    optimiser = torch.optim.AdamW(d.parameters(), lr=RATE, betas=BETAS, eps=EPSILON, weight_decay=0)
    fake = g(z).detach()
    steps = []
    for _ in range(2):
        # as ours, one power iteration a step: the second look, for the penalty, uses the same divided weights
        logits = d(torch.cat([real, fake]))
        adversarial = loss_of(kind, logits[:BATCH], logits[BATCH:])
        for module in d.modules():
            module.training = False
        x = real.clone().requires_grad_()
        slope, = torch.autograd.grad(d(x).sum(), x, create_graph=True)
        for module in d.modules():
            module.training = True
        steepness = slope.square().sum() / BATCH
        loss = adversarial + 3 / 2 * steepness
        optimiser.zero_grad()
        loss.backward()
        steps.append({"loss": loss.item(), "adversarial": adversarial.item(), "steepness": steepness.item()})
        optimiser.step()
    final = d(g(z))
    deceive = (F.softplus(-final) if kind == "non-saturating" else -final).mean()
    return {
        "fake": rounded(fake[0]), "logits": rounded(logits), "steps": steps, "after": parameters_after(d, names),
        "deceive": deceive.item(),
    }


def painter():
    g, d = Painter(PAINTER["generator"], PAINTER["groups"]), Patches(PAINTER["discriminator"])
    names = fill(g, 100)
    fill(d, 200)
    spectral(d, 300)
    sketch, picture = wave([2, 1, 8, 12], 1), wave([2, 3, 8, 12], 2)
    painting = g(sketch)
    square, truth = wave([2, 1, 8, 8], 1), wave([2, 3, 8, 8], 2)
    optimiser = torch.optim.AdamW(g.parameters(), lr=RATE, betas=BETAS, eps=EPSILON, weight_decay=0)
    made = g(square)
    with torch.no_grad():
        logits, wanted = d(square, truth)
    for module in d.modules():
        module.training = False
    fake, features = d(square, made)
    pixels = (made - truth).abs().mean()
    distance = sum((a - b).abs().mean() for a, b in zip(features, wanted)) / len(features)
    loss = -fake.mean() + 10 * pixels + 10 * distance
    loss.backward()
    optimiser.step()
    return {
        "painting": rounded(painting[0]), "logits": rounded(logits), "after": parameters_after(g, names),
        "loss": loss.item(), "pixels": pixels.item(), "features": distance.item(),
    }


json.dump(
    {
        "non-saturating": gan("non-saturating", False),
        "hinge": gan("hinge", True),
        "painter": painter(),
    },
    sys.stdout,
    separators=(",", ":"),
)
print()
