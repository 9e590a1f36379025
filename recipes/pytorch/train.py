"""Trains a Llama-shaped language model on prepared rows, with PyTorch, where its bfloat16 kernels are faster than ours.

    python recipes/pytorch/train.py recipes/verse-zh/recipe.json DATASET_FOLDER OUT_FOLDER [--steps N] [--decay SHARE] [--resume]

Rows, configuration and weight names are those of our own engine (src/training), so either can go on from the other.
Hidden matrices are trained with Muon (Jordan et al., 2024: momentum, then five Newton-Schulz steps towards the nearest
orthogonal matrix), embeddings and norms with AdamW. The learning rate warms up, stays, then falls linearly to zero over
the last `decay` of the steps (Hu et al., 2024, "WSD"), so a run can be cut shorter while it is under way.
Needs torch, numpy and safetensors. Runs on a GPU when there is one.
"""

import argparse
import json
import math
import os
import time

import numpy as np
import torch
import torch.nn as nn
import torch.nn.functional as F
from safetensors.torch import save_file


def rotary(length, size, theta, device):
    frequencies = 1.0 / theta ** (torch.arange(0, size, 2, device=device).float() / size)
    angles = torch.outer(torch.arange(length, device=device).float(), frequencies)
    angles = torch.cat([angles, angles], -1)
    return angles.cos(), angles.sin()  # (T, head size) each


def rotate(x, cos, sin):  # x (B, H, T, head size)
    a, b = x.chunk(2, -1)
    return x * cos + torch.cat([-b, a], -1) * sin


class Attention(nn.Module):
    def __init__(self, c):
        super().__init__()
        n = c["hidden_size"]
        self.heads = c["num_attention_heads"]
        self.q_proj, self.k_proj, self.v_proj, self.o_proj = (nn.Linear(n, n, bias=False) for _ in range(4))

    def forward(self, x, mask, cos, sin):  # x (B, T, C), mask (B, 1, T, T)
        B, T, C = x.shape
        q, k, v = (p(x).view(B, T, self.heads, -1).transpose(1, 2) for p in (self.q_proj, self.k_proj, self.v_proj))
        q, k = rotate(q, cos, sin).to(v.dtype), rotate(k, cos, sin).to(v.dtype)
        return self.o_proj(F.scaled_dot_product_attention(q, k, v, attn_mask=mask).transpose(1, 2).reshape(B, T, C))


class Mlp(nn.Module):
    def __init__(self, c):
        super().__init__()
        n, m = c["hidden_size"], c["intermediate_size"]
        self.gate_proj, self.up_proj = nn.Linear(n, m, bias=False), nn.Linear(n, m, bias=False)
        self.down_proj = nn.Linear(m, n, bias=False)

    def forward(self, x):
        return self.down_proj(F.silu(self.gate_proj(x)) * self.up_proj(x))


class Layer(nn.Module):
    def __init__(self, c):
        super().__init__()
        self.self_attn, self.mlp = Attention(c), Mlp(c)
        self.input_layernorm = nn.RMSNorm(c["hidden_size"], c["rms_norm_eps"])
        self.post_attention_layernorm = nn.RMSNorm(c["hidden_size"], c["rms_norm_eps"])

    def forward(self, x, mask, cos, sin):
        x = x + self.self_attn(self.input_layernorm(x), mask, cos, sin)
        return x + self.mlp(self.post_attention_layernorm(x))


class Llama(nn.Module):
    """Parameter names are those of Hugging Face's LlamaForCausalLM with tied embeddings."""

    def __init__(self, c):
        super().__init__()
        self.c = c
        self.model = nn.Module()
        self.model.embed_tokens = nn.Embedding(c["vocab_size"], c["hidden_size"])
        self.model.layers = nn.ModuleList(Layer(c) for _ in range(c["num_hidden_layers"]))
        self.model.norm = nn.RMSNorm(c["hidden_size"], c["rms_norm_eps"])
        for name, p in self.named_parameters():
            if p.dim() == 2:
                deep = name.endswith(("o_proj.weight", "down_proj.weight"))
                nn.init.normal_(p, std=0.02 / (math.sqrt(2 * c["num_hidden_layers"]) if deep else 1))

    def forward(self, tokens, segments):  # (B, T) each -> hidden states (B, T, C)
        T = tokens.shape[1]
        same = segments[:, :, None] == segments[:, None, :]
        mask = (same & torch.ones(T, T, dtype=torch.bool, device=tokens.device).tril()).unsqueeze(1)
        cos, sin = rotary(T, self.c["hidden_size"] // self.c["num_attention_heads"], self.c["rope_theta"], tokens.device)
        x = self.model.embed_tokens(tokens)
        for layer in self.model.layers:
            x = layer(x, mask, cos, sin)
        return self.model.norm(x)

    def losses(self, tokens, segments, predict):
        """Cross-entropy of every token to be predicted, in a flat vector."""
        x = self(tokens, segments)[:, :-1]
        wanted = (segments[:, 1:] == segments[:, :-1]) & predict[:, 1:]
        logits = F.linear(x[wanted], self.model.embed_tokens.weight).float()
        return F.cross_entropy(logits, tokens[:, 1:][wanted], reduction="none")


class Muon(torch.optim.Optimizer):
    def __init__(self, params, lr, momentum=0.95, weight_decay=0.0):
        super().__init__(params, dict(lr=lr, momentum=momentum, weight_decay=weight_decay))

    @torch.no_grad()
    def step(self):
        for group in self.param_groups:
            for p in group["params"]:
                state = self.state[p]
                buffer = state.setdefault("momentum", torch.zeros_like(p))
                buffer.lerp_(p.grad, 1 - group["momentum"])
                update = orthogonal(p.grad.lerp(buffer, group["momentum"]))
                p.mul_(1 - group["lr"] * group["weight_decay"])
                p.add_(update, alpha=-group["lr"] * max(1, p.shape[0] / p.shape[1]) ** 0.5)


def orthogonal(g):
    a, b, c = 3.4445, -4.7750, 2.0315
    x = g.bfloat16()
    tall = x.shape[0] > x.shape[1]
    x = x.T if tall else x
    x = x / (x.norm() + 1e-7)
    for _ in range(5):
        s = x @ x.T
        x = a * x + (b * s + c * s @ s) @ x
    return (x.T if tall else x).to(g.dtype)


def read_split(folder, name, length):
    read = lambda kind, dtype: np.memmap(os.path.join(folder, f"{name}.{kind}"), dtype, "r").reshape(-1, length)
    return read("tokens.u16", "<u2"), read("segments.u8", "u1"), read("predict.u8", "u1")


def batch(split, rows, device):
    tokens, segments, predict = split
    return (
        torch.from_numpy(tokens[rows].astype(np.int64)).to(device),
        torch.from_numpy(segments[rows].astype(np.int64)).to(device),
        torch.from_numpy(predict[rows].astype(bool)).to(device),
    )


def perplexity(model, split, device, rows):
    total, count = 0.0, 0
    with torch.no_grad():
        for at in range(0, rows, 32):
            losses = model.losses(*batch(split, slice(at, min(at + 32, rows)), device))
            total, count = total + losses.double().sum().item(), count + losses.numel()
    return math.exp(total / count)


def export(model, config, folder):
    os.makedirs(folder, exist_ok=True)
    weights = {name: p.detach().half().contiguous().cpu() for name, p in model.named_parameters()}
    save_file(weights, os.path.join(folder, "model.safetensors"), metadata={"format": "pt"})
    with open(os.path.join(folder, "config.json"), "w") as f:
        json.dump(config, f, indent=2)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("recipe")
    parser.add_argument("dataset")
    parser.add_argument("out")
    parser.add_argument("--steps", type=int, help="default: the recipe's, else once through the training rows")
    parser.add_argument("--decay", type=float, help="default: the recipe's decayShare, else 0.35")
    parser.add_argument("--resume", action="store_true")
    parser.add_argument("--save-every", type=int, default=100)
    o = parser.parse_args()
    recipe = json.load(open(o.recipe))
    dataset = json.load(open(os.path.join(o.dataset, "dataset.json")))
    t = recipe["training"]
    config = {"architectures": ["LlamaForCausalLM"], "model_type": "llama", "hidden_act": "silu",
              "attention_bias": False, "mlp_bias": False, "num_key_value_heads": recipe["model"]["num_attention_heads"],
              "vocab_size": dataset["vocabSize"], "bos_token_id": 1, "eos_token_id": 2, "pad_token_id": 0,
              "torch_dtype": "float16", **recipe["model"]}
    device = "cuda" if torch.cuda.is_available() else "cpu"
    torch.manual_seed(recipe["seed"])
    model = Llama(config).to(device)
    matrices = [p for n, p in model.named_parameters() if p.dim() == 2 and "embed" not in n]
    others = [p for n, p in model.named_parameters() if p.dim() != 2 or "embed" in n]
    muon = Muon(matrices, t["matrixLearningRate"], weight_decay=t["weightDecay"])
    adam = torch.optim.AdamW(others, t["learningRate"], betas=(0.9, 0.95), weight_decay=0.0, fused=True)
    length, rows = dataset["contextLength"], t["batchRows"]
    train, validation = (read_split(o.dataset, s, length) for s in ("train", "validation"))
    steps = o.steps or t.get("steps") or len(train[0]) // rows
    decay = o.decay or t.get("decayShare", 0.35)
    os.makedirs(o.out, exist_ok=True)
    checkpoint, log, start = os.path.join(o.out, "checkpoint.pt"), os.path.join(o.out, "train.jsonl"), 0
    if o.resume and os.path.exists(checkpoint):
        saved = torch.load(checkpoint, map_location=device)
        model.load_state_dict(saved["model"]), muon.load_state_dict(saved["muon"]), adam.load_state_dict(saved["adam"])
        start = saved["step"]
    order = np.random.default_rng(recipe["seed"]).permutation(len(train[0]))
    if not start:
        export(model, config, os.path.join(o.out, "untrained"))
    began, seen = time.time(), 0
    for step in range(start, steps):
        at = (step * rows) % (len(order) - rows)
        data = batch(train, np.sort(order[at : at + rows]), device)
        scale = min(1, (step + 1) / t["warmupSteps"], (steps - step) / max(1, decay * steps))
        muon.param_groups[0]["lr"], adam.param_groups[0]["lr"] = t["matrixLearningRate"] * scale, t["learningRate"] * scale
        with torch.autocast(device, torch.bfloat16):
            loss = model.losses(*data).mean()
        loss.backward()
        nn.utils.clip_grad_norm_(others, 1.0)
        muon.step(), adam.step(), model.zero_grad(set_to_none=True)
        seen += rows * length
        if step % 10 == 9:
            speed = seen / (time.time() - began)
            line = {"step": step + 1, "loss": round(loss.item(), 4), "scale": round(scale, 4), "tokensPerSecond": round(speed),
                    "minutesLeft": round((steps - step - 1) * rows * length / speed / 60, 1)}
            if (step + 1) % (2 * o.save_every) == 0 or step + 1 == steps:
                line["validationPerplexity"] = round(perplexity(model, validation, device, len(validation[0])), 2)
            with open(log, "a") as f:
                f.write(json.dumps(line) + "\n")
        if (step + 1) % o.save_every == 0 or step + 1 == steps:
            torch.save({"model": model.state_dict(), "muon": muon.state_dict(), "adam": adam.state_dict(), "step": step + 1}, checkpoint + ".tmp")
            os.replace(checkpoint + ".tmp", checkpoint)
            export(model, config, os.path.join(o.out, "model"))
            if step + 1 == steps // 2 // o.save_every * o.save_every:
                export(model, config, os.path.join(o.out, "half-trained"))


if __name__ == "__main__":
    main()
