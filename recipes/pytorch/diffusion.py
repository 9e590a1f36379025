"""Trains the diffusion Transformer of our own engine (src/training/diffusion) with PyTorch, in bfloat16.

    python recipes/pytorch/diffusion.py recipes/stickers/recipe.json LAID_OUT OUT [--steps N] [--minutes M] [--resume]

LAID_OUT is what recipes/stickers/lay-out.ts wrote: latents, prompts as numbers, and the model folder to start from. OUT
becomes a model folder with the moving average of the weights. Rectified flow with logit-normal times (Esser et al. 2024);
matrices of the blocks are trained with Muon (Jordan et al. 2024), all else with AdamW. The learning rate stays, then falls
to nothing over the last share (`decayShare`) of the steps, or of the minutes where those are given. Needs torch, numpy, safetensors.
"""

import argparse
import json
import os
import shutil
import time

import torch
from safetensors.torch import load_file, save_file

from dit import Dit
from train import Muon


class Pictures:
    """Latents (n, C, H, W) plain and mirrored, and what each may be asked for by (n, asked, width)."""

    def __init__(self, path, styles, device):
        tensors = load_file(path)
        self.sides = torch.stack([tensors["plain"], tensors["mirrored"]]).to(device)
        self.asked = tensors["asked"].to(device)
        self.styles = styles

    def __len__(self):
        return self.asked.shape[0]

    def batch(self, rows, random, flip, unlabelled):
        """x0 and prompts; words are left out now and then, and likewise the style, for classifier-free guidance."""
        b, device = len(rows), self.asked.device
        side = (torch.rand(b, generator=random) < 0.5).long() * flip
        x0 = self.sides[side.to(device), rows]
        told = self.asked[rows, torch.randint(self.asked.shape[1], (b,), generator=random).to(device)].clone()
        silent = (torch.rand(b, generator=random) < unlabelled).to(device)
        words = told.shape[1] - self.styles - 1
        told[silent, :words] = 0
        told[silent, -1] = 1
        told[(torch.rand(b, generator=random) < unlabelled).to(device), words:-1] = 0
        return x0, told


def flow_loss(model, x0, told, random):
    """Mean squared error of the velocity (noise - picture)."""
    device = x0.device
    t = torch.sigmoid(torch.randn(len(x0), generator=random)).to(device)
    noise = torch.randn(x0.shape, generator=random).to(device)
    at = t[:, None, None, None]
    answer = model((1 - at) * x0 + at * noise, 1000 * t, told)
    return ((answer.float() - (noise - x0)) ** 2).mean()


def optimisers(model, muon_rate, rate):
    block = [p for name, p in model.named_parameters() if name.startswith("blocks") and p.ndim == 2]
    known = {id(p) for p in block}
    rest = [p for p in model.parameters() if id(p) not in known]
    return [(Muon(block, muon_rate, weight_decay=0.01), muon_rate), (torch.optim.AdamW(rest, rate, betas=(0.9, 0.95), weight_decay=0), rate)]


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("recipe")
    parser.add_argument("data")
    parser.add_argument("out")
    parser.add_argument("--steps", type=int, help="default: the recipe's")
    parser.add_argument("--minutes", type=float, help="ends, decay and all, after as long, however many steps that makes")
    parser.add_argument("--batch", type=int, help="default: the recipe's")
    parser.add_argument("--muon-rate", type=float, default=0.01)
    parser.add_argument("--resume", action="store_true")
    o = parser.parse_args()
    recipe = json.load(open(o.recipe))
    config = json.load(open(os.path.join(o.data, "start", "config.json")))
    device = "cuda" if torch.cuda.is_available() else "cpu"
    random = torch.Generator().manual_seed(recipe["seed"])
    styles = len(config["words"]["styles"])
    train, held = (Pictures(os.path.join(o.data, f"{name}.safetensors"), styles, device) for name in ("train", "validation"))
    model = Dit(config["picture"], config["network"], words=config["words"]).to(device)
    start = load_file(os.path.join(o.data, "start", "model.safetensors"))
    model.load_state_dict({name: value.float() for name, value in start.items()}, strict=True)
    average = {name: p.detach().clone() for name, p in model.named_parameters()}
    parts = optimisers(model, o.muon_rate, recipe["learningRate"])
    steps, batch, share = o.steps or recipe["steps"], o.batch or recipe["batch"], recipe["schedule"]["decayShare"]
    os.makedirs(o.out, exist_ok=True)
    kept, step, spent = os.path.join(o.out, "checkpoint.pt"), 0, 0.0
    if o.resume and os.path.exists(kept):
        state = torch.load(kept)
        model.load_state_dict(state["model"])
        average, step, spent = state["average"], state["step"], state["spent"]
        for (part, _), own in zip(parts, state["parts"]):
            part.load_state_dict(own)
        random.set_state(state["random"])
    log = open(os.path.join(o.out, "train.jsonl"), "a")
    began = time.time() - spent
    order, losses = iter(()), []
    while True:
        spent = time.time() - began
        progress = spent / 60 / o.minutes if o.minutes else step / steps
        if progress >= 1:
            break
        scale = min(1, (step + 1) / 100, (1 - progress) / share)
        rows = []
        while len(rows) < batch:
            following = next(order, None)
            if following is None:
                order = iter(torch.randperm(len(train), generator=random).tolist())
            else:
                rows.append(following)
        x0, told = train.batch(torch.tensor(rows, device=device), random, recipe["flip"], recipe["unlabelled"])
        with torch.autocast(device, torch.bfloat16):
            loss = flow_loss(model, x0, told, random)
        loss.backward()
        torch.nn.utils.clip_grad_norm_(model.parameters(), 1.0)
        for part, rate in parts:
            for group in part.param_groups:
                group["lr"] = rate * scale
            part.step()
            part.zero_grad()
        step += 1
        decay = min(recipe["average"], (1 + step) / (10 + step))
        with torch.no_grad():
            for name, p in model.named_parameters():
                average[name].lerp_(p, 1 - decay)
        losses.append(loss.item())
        if step % 50 == 0:
            line = {"step": step, "loss": sum(losses) / len(losses), "scale": scale, "seconds": round(spent)}
            losses = []
            if step % 500 == 0:
                line["validation"] = validate(model, average, held, recipe["seed"])
                save(o.out, o.data, model, average, step, line)
                torch.save({"model": model.state_dict(), "average": average, "step": step, "spent": time.time() - began,
                            "parts": [part.state_dict() for part, _ in parts], "random": random.get_state()}, kept + ".new")
                os.replace(kept + ".new", kept)
            log.write(json.dumps(line) + "\n")
            log.flush()
    save(o.out, o.data, model, average, step, {"step": step, "validation": validate(model, average, held, recipe["seed"])})
    print(f"{step} steps")


@torch.no_grad()
def validate(model, average, held, seed):
    """The loss of the averaged weights on pictures held out, always with the same noise."""
    mine = {name: p.detach().clone() for name, p in model.named_parameters()}
    model.load_state_dict(average, strict=False)
    random = torch.Generator().manual_seed(seed)
    x0, told = held.batch(torch.arange(len(held), device=held.asked.device), random, False, 0)
    total = sum(flow_loss(model, x, a, random).item() * len(x) for x, a in zip(x0.split(64), told.split(64)))
    model.load_state_dict(mine, strict=False)
    return total / len(held)


def save(out, data, model, average, step, scores):
    """The folder it started from, with the averaged weights."""
    shutil.copytree(os.path.join(data, "start"), out, dirs_exist_ok=True)
    save_file({name: value.half().contiguous().cpu() for name, value in average.items()},
              os.path.join(out, "model.safetensors"), metadata={"format": "pt"})
    path = os.path.join(out, "card.json")
    card = json.load(open(path))
    card["scores"] = {"steps": step, "validation": {"loss": scores["validation"]}}
    json.dump(card, open(path, "w"), indent=2, ensure_ascii=False)


if __name__ == "__main__":
    main()
