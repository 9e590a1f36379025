"""Records three steps of Muon (with AdamW for the bias) on a small network, for src/training/learn/optimiser.test.ts.

    python recipes/pytorch/reference/muon.py > src/training/learn/reference.json

The update is that of recipes/pytorch/train.py in 32-bit floats. Needs torch.
"""

import json

import torch

MOMENTUM, RATE, DECAY, LEARNING_RATE = 0.95, 5.0, 0.1, 0.02


def orthogonal(g):
    a, b, c = 3.4445, -4.7750, 2.0315
    tall = g.shape[0] > g.shape[1]
    x = g.T if tall else g
    x = x / (x.norm() + 1e-7)
    for _ in range(5):
        s = x @ x.T
        x = a * x + (b * s + c * s @ s) @ x
    return x.T if tall else x


def flat(tensor):
    return [round(value, 8) for value in tensor.detach().double().flatten().tolist()]


torch.manual_seed(1)
kernel = (torch.randn(6, 3, 2, 2) * 0.4).requires_grad_()  # tall and flat matrices both
bias = torch.zeros(6, requires_grad=True)
matrix = (torch.randn(2, 6) * 0.5).requires_grad_()
x, y = torch.randn(4, 12), torch.randn(4, 2)
record = {"x": flat(x), "y": flat(y), "start": {"kernel": flat(kernel), "bias": flat(bias), "matrix": flat(matrix)}}
adam = torch.optim.AdamW([bias], LEARNING_RATE, betas=(0.9, 0.95), eps=1e-8, weight_decay=0.0)
buffers = {name: torch.zeros_like(p) for name, p in (("kernel", kernel), ("matrix", matrix))}
losses = []
for _ in range(3):
    loss = ((torch.tanh(x @ kernel.reshape(6, 12).T + bias) @ matrix.T - y) ** 2).mean()
    losses.append(loss.item())
    loss.backward()
    with torch.no_grad():
        for name, p in (("kernel", kernel), ("matrix", matrix)):
            buffers[name].lerp_(p.grad, 1 - MOMENTUM)
            update = orthogonal(p.grad.lerp(buffers[name], MOMENTUM).reshape(p.shape[0], -1))
            rate = LEARNING_RATE * RATE
            p.mul_(1 - rate * DECAY)
            p.add_(update.reshape(p.shape), alpha=-rate * max(1, p.shape[0] / p[0].numel()) ** 0.5)
    adam.step()
    kernel.grad = bias.grad = matrix.grad = None
record["losses"] = losses
record["after"] = {"kernel": flat(kernel), "bias": flat(bias), "matrix": flat(matrix)}
print(json.dumps(record))
