"""Records what PyTorch computes for the operations of picture networks, as the reference for our own engine.

    python recipes/pytorch/reference/record-vision.py > src/training/graph/vision-reference.json

Needs torch. Inputs follow a formula that the test repeats (`wave`), so the file holds results only: for each operation
its value, the gradient of sum(value * wave) for every input, and for operations that a gradient penalty goes through,
also the gradient for every input of that sum + sum(gradient of the first input squared).
"""

import json
import sys

import torch
import torch.nn.functional as F

torch.set_num_threads(1)


def wave(shape, k, low=-1.0):
    i = torch.arange(max(1, int(torch.tensor(shape).prod())), dtype=torch.float64)
    return (low + 1 + torch.sin(1.7 * i + 0.9 * k + 0.001 * i * i)).float().reshape(shape)


def rounded(tensor):
    return [float(f"{x:.8g}") for x in tensor.detach().double().flatten().tolist()]


CASES = {
    "conv2d": ([[2, 3, 5, 6], [4, 3, 3, 3], [4]], lambda x, w, b: F.conv2d(x, w, b, padding=1), {"twice": True}),
    "conv2d stride 2": ([[2, 3, 6, 7], [4, 3, 3, 3]], lambda x, w: F.conv2d(x, w, stride=2, padding=1), {"twice": True}),
    "conv2d 1x1": ([[2, 3, 4, 4], [5, 3, 1, 1], [5]], lambda x, w, b: F.conv2d(x, w, b), {"twice": True}),
    "conv2d 4x4 stride 2": ([[2, 2, 8, 8], [3, 2, 4, 4]], lambda x, w: F.conv2d(x, w, stride=2, padding=1), {"twice": True}),
    "conv2d wide": ([[1, 2, 5, 5], [3, 2, 3, 3]], lambda x, w: F.conv2d(x, w, padding=3), {}),
    "conv2d valid": ([[1, 2, 5, 6], [3, 2, 2, 3]], lambda x, w: F.conv2d(x, w), {}),
    "convTranspose2d": ([[2, 3, 4, 5], [3, 2, 4, 4], [2]],
                        lambda x, w, b: F.conv_transpose2d(x, w, b, stride=2, padding=1), {"twice": True}),
    "convTranspose2d output padding": ([[2, 3, 3, 4], [3, 2, 3, 3]],
                                       lambda x, w: F.conv_transpose2d(x, w, stride=2, padding=1, output_padding=1), {}),
    "convTranspose2d stride 1": ([[2, 3, 3, 4], [3, 2, 3, 3]], lambda x, w: F.conv_transpose2d(x, w, padding=1), {}),
    "layerNorm": ([[2, 3, 6], [6], [6]], lambda x, w, b: F.layer_norm(x, (6,), w, b, 1e-5), {"twice": True}),
    "groupNorm": ([[2, 6, 3, 4], [6], [6]], lambda x, w, b: F.group_norm(x, 3, w, b, 1e-5), {"twice": True}),
    "groupNorm of one group": ([[2, 4, 3, 3], [4], [4]], lambda x, w, b: F.group_norm(x, 1, w, b, 1e-5), {}),
    "groupNorm far from 0": ([[2, 4, 3, 3], [4], [4]], lambda x, w, b: F.group_norm(x + 30, 2, w, b, 1e-5), {}),
    "upsampleNearest": ([[2, 3, 3, 4]], lambda x: F.interpolate(x, scale_factor=2, mode="nearest"), {"power": True}),
    "upsampleNearest 3": ([[1, 2, 2, 3]], lambda x: F.interpolate(x, scale_factor=3, mode="nearest"), {}),
    "upsampleBilinear": ([[2, 3, 3, 4]],
                         lambda x: F.interpolate(x, scale_factor=2, mode="bilinear", align_corners=False), {"power": True}),
    "averagePool": ([[2, 3, 4, 6]], lambda x: F.avg_pool2d(x, 2), {"power": True}),
    "spaceToDepth": ([[2, 3, 4, 6]],
                     lambda x: x.reshape(2, 3, 2, 2, 3, 2).permute(0, 3, 5, 1, 2, 4).reshape(2, 12, 2, 3), {"power": True}),
    "depthToSpace": ([[2, 8, 2, 3]],
                     lambda x: x.reshape(2, 2, 2, 2, 2, 3).permute(0, 3, 4, 1, 5, 2).reshape(2, 2, 4, 6), {"power": True}),
    "gelu": ([[3, 7]], F.gelu, {"twice": True}),
    "gelu tanh": ([[3, 7]], lambda x: F.gelu(x, approximate="tanh"), {"twice": True}),
    "leakyRelu": ([[3, 7]], lambda x: F.leaky_relu(x, 0.2), {"power": True}),
    "softplus": ([[3, 7]], lambda x: F.softplus(5 * x), {"twice": True}),
    "abs": ([[3, 7]], torch.abs, {"power": True}),
    "clamp": ([[3, 7]], lambda x: torch.clamp(x, -0.6, 0.7), {"power": True}),
    "sin": ([[3, 7]], torch.sin, {"twice": True}),
    "cos": ([[3, 7]], torch.cos, {"twice": True}),
    "erf": ([[3, 7]], torch.erf, {"twice": True}),
    "pow": ([[3, 7]], lambda x: x ** 1.5, {"low": 0.3, "twice": True}),
    "pow 3": ([[3, 7]], lambda x: x ** 3, {"twice": True}),
    "attend": ([[2, 2, 3, 4], [2, 2, 5, 4], [2, 2, 5, 4]],
               lambda q, k, v: torch.softmax(q @ k.mT / 2, -1) @ v, {"twice": True}),
    "attend with bias": ([[2, 2, 3, 4], [2, 2, 5, 4], [2, 2, 5, 4], [2, 3, 5]],
                         lambda q, k, v, b: F.scaled_dot_product_attention(q, k, v, attn_mask=b.expand(2, 2, 3, 5)), {}),
    "critic": ([[2, 2, 8, 8], [3, 2, 3, 3], [3], [4, 3, 3, 3], [1, 16]],
               lambda x, w, b, v, u: F.linear(F.avg_pool2d(F.leaky_relu(
                   F.conv2d(F.leaky_relu(F.conv2d(x, w, b, padding=1), 0.2), v, stride=2, padding=1), 0.2), 2).flatten(1), u),
               {"twice": True}),
}


def main():
    result = {}
    for name, (shapes, f, facts) in CASES.items():
        inputs = [wave(s, k, facts.get("low", -1.0)).requires_grad_() for k, s in enumerate(shapes)]
        y = f(*inputs)
        weights = wave(list(y.shape), 9)
        # `power`: an operation that is linear wherever it is smooth is squared, or its second derivative would vanish
        total = ((y * y if facts.get("power") else y) * weights).sum()
        gradients = torch.autograd.grad(total, inputs, create_graph=True)
        entry = {"shapes": shapes, **facts, "y": rounded(y), "gradients": [rounded(g) for g in gradients]}
        if facts.get("twice") or facts.get("power"):
            second = torch.autograd.grad(total + (gradients[0] ** 2).sum(), inputs)
            entry["second"] = [rounded(g) for g in second]
        result[name] = entry
    json.dump(result, sys.stdout, separators=(",", ":"))
    print()


main()
