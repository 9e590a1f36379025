"""Records what PEFT computes with a LoRA adapter on the tiny models of record.py, as the reference for our own engine.

    python recipes/pytorch/reference/record-adapter.py > src/training/gpt/reference-adapter.json

Needs torch, transformers and peft. A and B follow the formula of record.py, counted over PEFT's tensor names.
"""

import json
import sys

import torch
from peft import LoraConfig, get_peft_model, get_peft_model_state_dict

from record import CONFIG, SHAPES, TOKENS, build, fill, rounded

RANK, ALPHA = 3, 5
TARGETS = {"llama": ["q_proj", "v_proj", "down_proj"], "gpt2": ["c_attn", "c_proj"]}


def record(shape):
    model = build({**CONFIG, **SHAPES[shape]}).float()
    fill(model)
    options = LoraConfig(r=RANK, lora_alpha=ALPHA, target_modules=TARGETS[shape], fan_in_fan_out=shape == "gpt2",
                         task_type="CAUSAL_LM")
    adapted = get_peft_model(model, options).eval()
    tensors = get_peft_model_state_dict(adapted)
    for k, (name, p) in enumerate(sorted(tensors.items())):
        i = torch.arange(p.numel(), dtype=torch.float64)
        p.data.copy_((0.4 * torch.sin(1.7 * i + 0.3 * k + 0.001 * i * i)).float().reshape(p.shape))
    with torch.no_grad():
        logits = adapted(input_ids=torch.tensor(TOKENS[1:])).logits[0, -1]
    return {"targets": TARGETS[shape], "shapes": {name: list(p.shape) for name, p in sorted(tensors.items())},
            "logits": rounded(logits)}


if __name__ == "__main__":
    torch.set_num_threads(1)
    json.dump({"rank": RANK, "alpha": ALPHA, "llama": record("llama"), "gpt2": record("gpt2")}, sys.stdout, indent=1)
    print()
