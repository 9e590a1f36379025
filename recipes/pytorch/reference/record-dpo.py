"""Records the loss and gradient of preference tuning (DPO) on a tiny Llama, as the reference for our own engine.

    python recipes/pytorch/reference/record-dpo.py > src/training/gpt/reference-dpo.json

Needs torch and transformers. The policy has the weights of record.py's formula, the reference those times 0.9.
"""

import copy
import json
import sys

import torch
import torch.nn.functional as F
from transformers import LlamaConfig, LlamaForCausalLM

from record import CONFIG, fill, rounded

BETA = 0.3
# two pairs, chosen before rejected; the first four tokens are the prompt
TOKENS = [[1, 5, 9, 2, 7, 8, 3], [1, 5, 9, 2, 4, 4, 10], [1, 22, 4, 11, 13, 6, 8], [1, 22, 4, 11, 20, 2, 2]]
PROMPT = 4


def answers(model, tokens):
    """ln P of each row's answer."""
    logs = F.log_softmax(model(input_ids=tokens).logits[:, :-1], -1)
    return logs.gather(-1, tokens[:, 1:, None])[..., 0][:, PROMPT - 1:].sum(-1)


def main():
    torch.set_num_threads(1)
    policy = LlamaForCausalLM(LlamaConfig(**CONFIG, attn_implementation="eager")).float()
    fill(policy)
    reference = copy.deepcopy(policy)
    for p in reference.parameters():
        p.data *= 0.9
    tokens = torch.tensor(TOKENS)
    ours = answers(policy, tokens)
    with torch.no_grad():
        theirs = answers(reference, tokens)
    gaps = theirs[0::2] - theirs[1::2]
    margins = BETA * ((ours[0::2] - ours[1::2]) - gaps)
    loss = -F.logsigmoid(margins).mean()
    loss.backward()
    norm = torch.nn.utils.get_total_norm([p.grad for p in policy.parameters()])
    json.dump({"beta": BETA, "tokens": TOKENS, "prompt": PROMPT, "gaps": rounded(gaps), "margins": rounded(margins),
               "loss": loss.item(), "gradientNorm": norm.item()}, sys.stdout, indent=1)
    print()


main()
