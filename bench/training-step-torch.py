"""The PyTorch side of bench/training-step.ts: the same model, fp32, fused causal attention and fused AdamW.

    python training-step-torch.py ROWS LENGTH VOCAB THREADS [HIDDEN LAYERS HEADS INNER]

Prints its version, then for every line read does one step and prints its seconds.
"""

import sys
import time

import torch
import torch.nn as nn
import torch.nn.functional as F

ROWS, LENGTH, VOCAB, THREADS = map(int, sys.argv[1:5])
C, LAYERS, HEADS, M = map(int, sys.argv[5:9]) if len(sys.argv) > 5 else (384, 6, 6, 1024)
torch.set_num_threads(THREADS)
torch.manual_seed(1)


def rotate(x, cos, sin):
    a, b = x.chunk(2, -1)
    return x * cos + torch.cat([-b, a], -1) * sin


class Layer(nn.Module):
    def __init__(self):
        super().__init__()
        self.q, self.k, self.v, self.o = (nn.Linear(C, C, bias=False) for _ in range(4))
        self.gate, self.up, self.down = nn.Linear(C, M, bias=False), nn.Linear(C, M, bias=False), nn.Linear(M, C, bias=False)
        self.n1, self.n2 = nn.RMSNorm(C, 1e-5), nn.RMSNorm(C, 1e-5)

    def forward(self, x, cos, sin):
        h = self.n1(x)
        q, k, v = (p(h).view(ROWS, LENGTH, HEADS, -1).transpose(1, 2) for p in (self.q, self.k, self.v))
        a = F.scaled_dot_product_attention(rotate(q, cos, sin), rotate(k, cos, sin), v, is_causal=True)
        x = x + self.o(a.transpose(1, 2).reshape(ROWS, LENGTH, C))
        h = self.n2(x)
        return x + self.down(F.silu(self.gate(h)) * self.up(h))


class Model(nn.Module):
    def __init__(self):
        super().__init__()
        self.embed = nn.Embedding(VOCAB, C)
        self.layers = nn.ModuleList(Layer() for _ in range(LAYERS))
        self.norm = nn.RMSNorm(C, 1e-5)
        size = C // HEADS
        angles = torch.outer(torch.arange(LENGTH).float(), 1e4 ** (-torch.arange(0, size, 2).float() / size))
        angles = torch.cat([angles, angles], -1)
        self.cos, self.sin = angles.cos(), angles.sin()
        for p in self.parameters():
            if p.dim() == 2:
                nn.init.normal_(p, std=0.02)

    def forward(self, tokens):
        x = self.embed(tokens)
        for layer in self.layers:
            x = layer(x, self.cos, self.sin)
        logits = F.linear(self.norm(x)[:, :-1], self.embed.weight)
        return F.cross_entropy(logits.reshape(-1, VOCAB), tokens[:, 1:].reshape(-1))


model = Model()
optimizer = torch.optim.AdamW(model.parameters(), 1e-3, betas=(0.9, 0.95), weight_decay=0.1, fused=True)
tokens = torch.randint(0, VOCAB, (ROWS, LENGTH))
print(torch.__version__, flush=True)
for _ in sys.stdin:
    began = time.perf_counter()
    loss = model(tokens)
    loss.backward()
    nn.utils.clip_grad_norm_(model.parameters(), 1.0)
    optimizer.step()
    optimizer.zero_grad(set_to_none=True)
    loss.item()
    print(time.perf_counter() - began, flush=True)
