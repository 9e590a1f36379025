"""Records what PyTorch and transformers compute for a tiny GPT, as the reference for our own engine.

    python recipes/pytorch/reference/record.py llama > src/training/gpt/reference.json
    python recipes/pytorch/reference/record.py grouped > src/training/gpt/reference-grouped.json
    python recipes/pytorch/reference/record.py gpt2 > src/training/gpt/reference-gpt2.json

Needs torch and transformers. Weights follow a formula that the test repeats, so the file holds results only:
hidden states after every layer, logits, the loss of packed rows (attention within segments), gradients' norm, and the
weights after three steps of AdamW with clipping (weight decay pulls matrices, not embeddings, norms or biases).
"""

import json
import math
import sys

import torch
import torch.nn.functional as F
from transformers import GPT2Config, GPT2LMHeadModel, LlamaConfig, LlamaForCausalLM

CONFIG = dict(vocab_size=23, hidden_size=16, num_hidden_layers=2, num_attention_heads=2, intermediate_size=24,
              max_position_embeddings=12, rms_norm_eps=1e-5, rope_theta=10000.0, tie_word_embeddings=True)
SHAPES = {"llama": {}, "grouped": dict(num_attention_heads=4, num_key_value_heads=2),
          "gpt2": dict(model_type="gpt2", intermediate_size=64)}
TOKENS = [[1, 5, 9, 2, 1, 7, 7, 3, 20, 2, 0, 0], [1, 22, 4, 11, 13, 6, 8, 10, 12, 14, 16, 2]]
SEGMENTS = [[1, 1, 1, 1, 2, 2, 2, 2, 2, 2, 0, 0], [1] * 12]
PREDICT = [[0, 0, 1, 1, 0, 1, 1, 1, 1, 1, 0, 0], [0, 0, 0, 1, 1, 1, 1, 1, 1, 1, 1, 1]]
ADAM = dict(lr=0.01, beta1=0.9, beta2=0.95, epsilon=1e-8, weightDecay=0.1, clip=0.5)


def fill(model):
    for k, (name, p) in enumerate(model.named_parameters()):
        i = torch.arange(p.numel(), dtype=torch.float64)
        wave = torch.sin(1.7 * i + 0.3 * k + 0.001 * i * i)
        vector = 0.1 * wave if name.endswith("bias") else 1 + 0.1 * wave
        p.data = (vector if p.dim() == 1 else 0.4 * wave).float().reshape(p.shape)


def build(sizes):
    if sizes.get("model_type") != "gpt2":
        return LlamaForCausalLM(LlamaConfig(**sizes, attn_implementation="eager"))
    return GPT2LMHeadModel(GPT2Config(
        vocab_size=sizes["vocab_size"], n_embd=sizes["hidden_size"], n_layer=sizes["num_hidden_layers"],
        n_head=sizes["num_attention_heads"], n_inner=sizes["intermediate_size"],
        n_positions=sizes["max_position_embeddings"], attn_pdrop=0.0, embd_pdrop=0.0, resid_pdrop=0.0,
        attn_implementation="eager"))


def rounded(tensor, digits=7):
    return [float(f"{x:.{digits}g}") for x in tensor.detach().flatten().tolist()]


def main():
    torch.set_num_threads(1)
    sizes = {**CONFIG, **SHAPES[sys.argv[1] if len(sys.argv) > 1 else "llama"]}
    model = build(sizes).float().train()
    names = [name for name, _ in model.named_parameters()]
    fill(model)
    tokens, segments, predict = (torch.tensor(x) for x in (TOKENS, SEGMENTS, PREDICT))
    T = tokens.shape[1]
    same = segments[:, :, None] == segments[:, None, :]
    mask = torch.where(same & torch.ones(T, T, dtype=torch.bool).tril(), 0.0, torch.finfo(torch.float32).min)[:, None]
    positions = torch.arange(T)[None].expand(2, T)

    def losses():
        logits = model(input_ids=tokens, attention_mask=mask, position_ids=positions).logits
        wanted = same[:, range(1, T), range(T - 1)] & (predict[:, 1:] == 1)
        return F.cross_entropy(logits[:, :-1][wanted], tokens[:, 1:][wanted], reduction="none")

    plain = model(input_ids=tokens[1:], output_hidden_states=True)
    result = {
        "config": sizes, "tokens": TOKENS, "segments": SEGMENTS, "predict": PREDICT, "adam": ADAM, "parameters": names,
        "hiddenStates": [rounded(h[0, -1]) for h in plain.hidden_states],
        "logits": rounded(plain.logits[0]),
        "logProbabilities": rounded(-losses()),
        "steps": [],
    }
    embeddings = {id(p) for module in model.modules() if isinstance(module, torch.nn.Embedding) for p in module.parameters()}
    decayed = [p for p in model.parameters() if p.dim() == 2 and id(p) not in embeddings]
    others = [p for p in model.parameters() if p.dim() != 2 or id(p) in embeddings]
    optimizer = torch.optim.AdamW(
        [dict(params=decayed, weight_decay=ADAM["weightDecay"]), dict(params=others, weight_decay=0.0)],
        lr=ADAM["lr"], betas=(ADAM["beta1"], ADAM["beta2"]), eps=ADAM["epsilon"])
    for _ in range(3):
        optimizer.zero_grad()
        loss = losses().mean()
        loss.backward()
        norm = torch.nn.utils.clip_grad_norm_(model.parameters(), ADAM["clip"])
        optimizer.step()
        result["steps"].append({"loss": loss.item(), "gradientNorm": norm.item()})
    result["after"] = {
        name: {"head": rounded(p.flatten()[:6]), "size": float(f"{p.detach().double().abs().sum().item():.9g}")}
        for name, p in model.named_parameters()}
    json.dump(result, sys.stdout, indent=1)
    print()


if __name__ == "__main__":
    main()
