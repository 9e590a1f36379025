"""Records loss, logits, hidden states and gradients of a tiny BertForMaskedLM of Hugging Face transformers.

    python recipes/pytorch/reference/encoder.py > src/training/encoder/reference.json

Needs torch and transformers. Weights are formulas of their number in the model and place, which the test repeats.
"""

import json

import torch
from transformers import BertConfig, BertForMaskedLM

CONFIG = dict(
    vocab_size=23,
    hidden_size=8,
    num_hidden_layers=2,
    num_attention_heads=2,
    intermediate_size=12,
    max_position_embeddings=7,
    type_vocab_size=2,
    layer_norm_eps=1e-12,
)
IDS = [[3, 9, 1, 14, 22, 7], [5, 1, 17, 4, 0, 0]]
MASK = [[1, 1, 1, 1, 1, 1], [1, 1, 1, 1, 0, 0]]
TARGETS = {(0, 2): 11, (1, 1): 20, (0, 4): 22}

torch.manual_seed(0)
model = BertForMaskedLM(BertConfig(**CONFIG, hidden_dropout_prob=0.0, attention_probs_dropout_prob=0.0, pad_token_id=0)).eval()
names = [name for name, _ in model.named_parameters()]
with torch.no_grad():
    for name, parameter in model.named_parameters():
        i = torch.arange(parameter.numel(), dtype=torch.float64)
        shift = 1.0 if name.endswith("LayerNorm.weight") else 0.0
        phase = len(name) + parameter.numel() * 0.1
        parameter.copy_((0.3 * torch.sin(0.7 * i + phase) + shift).reshape(parameter.shape))
labels = torch.full((2, 6), -100)
for (row, at), token in TARGETS.items():
    labels[row, at] = token
out = model(input_ids=torch.tensor(IDS), attention_mask=torch.tensor(MASK), labels=labels, output_hidden_states=True)
out.loss.backward()
flat = lambda tensor: [round(float(x), 9) for x in tensor.detach().reshape(-1)]
places = sorted(TARGETS)
print(
    json.dumps(
        {
            "config": CONFIG,
            "ids": IDS,
            "mask": MASK,
            "places": [row * 6 + at for row, at in places],
            "targets": [TARGETS[place] for place in places],
            "loss": float(out.loss),
            "logits": [flat(out.logits[row, at]) for row, at in places],
            "hidden": flat(out.hidden_states[-1][0]),
            "gradients": {name: flat(p.grad) for name, p in model.named_parameters()},
            "names": names,
        }
    )
)
