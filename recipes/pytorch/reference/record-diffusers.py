"""What the schedulers of diffusers compute, by their formulas, for src/drivers/onnx/sampling; and a tiny pipeline of our own in
the diffusers ONNX layout (text encoder, U-Net, VAE), with the picture that PyTorch makes of the same noise.

    python recipes/pytorch/reference/record-diffusers.py   (needs: pip install torch transformers tokenizers onnx)
"""
import hashlib
import json
import math
import pathlib
import warnings

import numpy as np
import torch
from tokenizers import Tokenizer, decoders, models, pre_tokenizers, processors, trainers
from torch import nn
from transformers import CLIPTextConfig, CLIPTextModel

warnings.filterwarnings("ignore")
HOME = pathlib.Path(__file__).parents[3] / "src/drivers/onnx/fixtures"


class Random:
    """src/core/random.ts: xoshiro128** 1.1, seeded by SHA-256, normal numbers by Box and Muller."""

    def __init__(self, seed):
        digest = hashlib.sha256(f"random:{seed}".encode()).hexdigest()
        self.s = [int(digest[i * 8:i * 8 + 8], 16) for i in range(4)]
        self.s[0] |= 1

    def next(self):
        rotl = lambda x, k: ((x << k) | (x >> (32 - k))) & 0xFFFFFFFF
        s = self.s
        result = (rotl((s[1] * 5) & 0xFFFFFFFF, 7) * 9) & 0xFFFFFFFF
        t = (s[1] << 9) & 0xFFFFFFFF
        s[2] ^= s[0]
        s[3] ^= s[1]
        s[1] ^= s[2]
        s[0] ^= s[3]
        s[2] ^= t
        s[3] = rotl(s[3], 11)
        return result / 2**32

    def normal(self, *shape):
        draw = lambda: math.sqrt(-2 * math.log(1 - self.next())) * math.cos(2 * math.pi * self.next())
        return torch.tensor([draw() for _ in range(math.prod(shape))], dtype=torch.float32).reshape(shape)


def products(c):
    n = c.get("num_train_timesteps", 1000)
    a, b = c.get("beta_start", 0.0001), c.get("beta_end", 0.02)
    kind = c.get("beta_schedule", "linear")
    if kind == "linear":
        betas = torch.linspace(a, b, n, dtype=torch.float32)
    elif kind == "scaled_linear":
        betas = torch.linspace(a**0.5, b**0.5, n, dtype=torch.float32) ** 2
    else:
        bar = lambda t: math.cos((t + 0.008) / 1.008 * math.pi / 2) ** 2
        betas = torch.tensor([min(1 - bar((i + 1) / n) / bar(i / n), 0.999) for i in range(n)], dtype=torch.float32)
    if c.get("rescale_betas_zero_snr"):
        root = torch.cumprod(1 - betas, 0).sqrt()
        first, last = root[0].clone(), root[-1].clone()
        root = (root - last) * (first / (first - last))
        bars = root**2
        betas = 1 - torch.cat([bars[:1], bars[1:] / bars[:-1]])
    return torch.cumprod(1 - betas, 0)


def places(c, steps, spacing, extra=0):
    n = c.get("num_train_timesteps", 1000)
    if spacing == "linspace":
        line = np.linspace(0, n - 1, steps + extra)[::-1]
        return line[:-1].copy() if extra else line.copy()
    if spacing == "leading":
        line = (np.arange(0, steps + extra) * (n // (steps + extra))).round()[::-1]
        return (line[:-1] if extra else line).astype(np.float64) + c.get("steps_offset", 0)
    return np.arange(n, 0, -n / steps).round() - 1


def karras(most, least, steps):
    ramp = np.linspace(0, 1, steps)
    return (most ** (1 / 7) + ramp * (least ** (1 / 7) - most ** (1 / 7))) ** 7


def moment_of(sigma, logs):
    wanted = np.log(max(sigma, 1e-10))
    low = int(min(np.cumsum(wanted - logs >= 0).argmax(), len(logs) - 2))
    w = np.clip((logs[low] - wanted) / (logs[low] - logs[low + 1]), 0, 1)
    return (1 - w) * low + w * (low + 1)


def picture_of(kind, said, x, signal, noise):
    if kind == "sample":
        return said
    return signal * x - noise * said if kind == "v_prediction" else (x - noise * said) / signal


def sample(c, steps, network, x, draw, start=0, noised=None):
    """A whole run; `x` is plain noise. Gives what comes out, and σ and moments where there are some."""
    kind, name = c.get("prediction_type", "epsilon"), c["_class_name"]
    bars = products(c)
    trained = (((1 - bars) / bars) ** 0.5).numpy().astype(np.float64)
    if name == "FlowMatchEulerDiscreteScheduler":
        n, shift = c.get("num_train_timesteps", 1000), c.get("shift", 1.0)
        bend = lambda s: shift * s / (1 + (shift - 1) * s)
        sigmas = np.append(bend(np.linspace(bend(1.0), bend(1 / n), steps)), 0).astype(np.float32)
        moments = sigmas[:-1] * n
        x = x if noised is None else (1 - sigmas[start]) * noised + sigmas[start] * x
        for i in range(start, steps):
            x = x + (sigmas[i + 1] - sigmas[i]) * network(x, float(moments[i]))
        return x, sigmas, moments
    if name == "DDIMScheduler":
        moments = places(c, steps, c.get("timestep_spacing", "leading")).round().astype(int)
        final = torch.tensor(1.0) if c.get("set_alpha_to_one", True) else bars[0]
        if noised is not None:
            bar = bars[moments[start]]
            x = bar**0.5 * noised + (1 - bar) ** 0.5 * x
        for t in moments[start:]:
            before = t - c.get("num_train_timesteps", 1000) // steps
            bar, next_bar = bars[t], bars[before] if before >= 0 else final
            said = network(x, float(t))
            clean = picture_of(kind, said, x, bar**0.5, (1 - bar) ** 0.5)
            if kind == "epsilon":
                eps = said
            elif kind == "sample":
                eps = (x - bar**0.5 * clean) / (1 - bar) ** 0.5
            else:
                eps = bar**0.5 * said + (1 - bar) ** 0.5 * x
            if c.get("clip_sample", True):
                clean = clean.clamp(-1, 1)
            x = next_bar**0.5 * clean + (1 - next_bar) ** 0.5 * eps
        return x, None, moments
    if name.startswith("Euler"):
        moments = places(c, steps, c.get("timestep_spacing", "linspace")).astype(np.float32)
        sigmas = np.interp(moments, np.arange(len(trained)), trained)
        if c.get("use_karras_sigmas"):
            sigmas = karras(sigmas[0], sigmas[-1], steps)
            moments = np.array([moment_of(s, np.log(trained)) for s in sigmas])
        sigmas = np.append(sigmas, 0).astype(np.float32)
        leading = c.get("timestep_spacing") == "leading"
        x = x * float((sigmas.max() ** 2 + 1) ** 0.5 if leading else sigmas.max()) if noised is None else noised + float(sigmas[start]) * x
        for i in range(start, steps):
            s, after = float(sigmas[i]), float(sigmas[i + 1])
            said = network(x / (s * s + 1) ** 0.5, float(moments[i]))
            if kind == "epsilon":
                clean = x - s * said
            elif kind == "sample":
                clean = said
            else:
                clean = said * (-s / (s * s + 1) ** 0.5) + x / (s * s + 1)
            up = 0.0
            if "Ancestral" in name:
                up = (after**2 * (s**2 - after**2) / s**2) ** 0.5
            down = (after**2 - up**2) ** 0.5
            x = x + (x - clean) / s * (down - s)
            if up > 0:
                x = x + up * draw()
        return x, sigmas, moments
    # DPM-Solver++ 2M
    if c.get("rescale_betas_zero_snr"):
        bars[-1] = 2**-24
        trained = (((1 - bars) / bars) ** 0.5).numpy().astype(np.float64)
    spacing = c.get("timestep_spacing", "linspace")
    moments = places(c, steps, spacing, 0 if spacing == "trailing" else 1).round()
    sigmas = np.interp(moments, np.arange(len(trained)), trained)
    if c.get("use_karras_sigmas"):
        sigmas = karras(trained[-1], trained[0], steps)
        moments = np.array([moment_of(s, np.log(trained)) for s in sigmas]).round()
    last = trained[0] if c.get("final_sigmas_type") == "sigma_min" else 0
    sigmas = np.append(sigmas, last).astype(np.float32)
    share = lambda s: (1 / (s * s + 1) ** 0.5, s / (s * s + 1) ** 0.5)
    lam = lambda s: math.inf if s == 0 else -math.log(s)
    seen = []
    if noised is not None:
        a, b = share(float(sigmas[start]))
        x = a * noised + b * x
    for i in range(start, steps):
        s, after = float(sigmas[i]), float(sigmas[i + 1])
        (a, b), (a2, b2) = share(s), share(after)
        seen.append(picture_of(kind, network(x, float(moments[i])), x, a, b))
        h = lam(after) - lam(s)
        pull = a2 * (math.exp(-h) - 1)
        end = i == steps - 1 and (steps < 15 or c.get("final_sigmas_type", "zero") == "zero")
        moved = (b2 / b) * x - pull * seen[-1]
        if len(seen) > 1 and not end:
            r = (lam(s) - lam(float(sigmas[i - 1]))) / h
            moved = moved - 0.5 * pull * (seen[-1] - seen[-2]) / r
        x = moved
    return x, sigmas, moments


def listed(values, digits=6):
    return [round(float(v), digits) for v in np.asarray(values, dtype=np.float64).flatten()]


SD = {"beta_start": 0.00085, "beta_end": 0.012, "beta_schedule": "scaled_linear"}
CASES = [
    ({"_class_name": "DDIMScheduler", **SD, "clip_sample": False, "set_alpha_to_one": False, "steps_offset": 1}, 6),
    ({"_class_name": "DDIMScheduler", "prediction_type": "v_prediction", "beta_schedule": "squaredcos_cap_v2"}, 7),
    ({"_class_name": "DDIMScheduler", **SD, "prediction_type": "sample", "timestep_spacing": "trailing", "clip_sample": False}, 5),
    ({"_class_name": "EulerDiscreteScheduler", **SD}, 6),
    ({"_class_name": "EulerDiscreteScheduler", **SD, "use_karras_sigmas": True, "prediction_type": "v_prediction"}, 20),
    ({"_class_name": "EulerDiscreteScheduler", **SD, "timestep_spacing": "leading", "steps_offset": 1}, 8),
    ({"_class_name": "EulerDiscreteScheduler", **SD, "timestep_spacing": "trailing"}, 4),
    ({"_class_name": "EulerAncestralDiscreteScheduler", **SD}, 6),
    ({"_class_name": "EulerAncestralDiscreteScheduler", **SD, "prediction_type": "v_prediction", "timestep_spacing": "trailing"}, 5),
    ({"_class_name": "DPMSolverMultistepScheduler", **SD}, 6),
    ({"_class_name": "DPMSolverMultistepScheduler", **SD, "use_karras_sigmas": True}, 20),
    ({"_class_name": "DPMSolverMultistepScheduler", **SD, "prediction_type": "v_prediction", "timestep_spacing": "leading", "steps_offset": 1}, 17),
    ({"_class_name": "DPMSolverMultistepScheduler", "final_sigmas_type": "sigma_min", "timestep_spacing": "trailing", "rescale_betas_zero_snr": True, "prediction_type": "v_prediction"}, 16),
    ({"_class_name": "FlowMatchEulerDiscreteScheduler", "shift": 3.0}, 6),
    ({"_class_name": "FlowMatchEulerDiscreteScheduler"}, 4),
]
toy = lambda x, t: torch.tanh(0.7 * x + 0.001 * t - 0.3)
record = {"cases": []}
for config, steps in CASES:
    start = Random("begin").normal(8)
    other = Random("more")
    out, sigmas, moments = sample(config, steps, toy, start, lambda: other.normal(8))
    half = sample(config, steps, toy, start, lambda: other.normal(8), start=steps // 2, noised=torch.linspace(-1, 1, 8))[0] if "Ancestral" not in config["_class_name"] else None
    record["cases"].append({"config": config, "steps": steps, "moments": listed(moments, 4), "out": listed(out),
                            **({} if sigmas is None else {"sigmas": listed(sigmas)}), **({} if half is None else {"half": listed(half)})})
HOME.mkdir(parents=True, exist_ok=True)
(HOME / "sampling-reference.json").write_text(json.dumps(record) + "\n")
print("samplers", len(record["cases"]))

# ---- a tiny pipeline: 32 × 32 pixels out of latents of 4 × 8 × 8 ----
TEXTS = ["a red boat on a lake", "the moon over the sea, the sea under the moon"]


def write(folder, name, value):
    path = HOME / folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(value, indent=1) + "\n")


def export(name, model, args, inputs, outputs, axes):
    path = HOME / "diffusers" / name
    path.parent.mkdir(parents=True, exist_ok=True)
    torch.onnx.export(model.eval(), args, str(path), input_names=inputs, output_names=outputs, dynamic_axes=axes, opset_version=17, dynamo=False)
    print(name, path.stat().st_size)
    assert path.stat().st_size < 200_000


letters = sorted(pre_tokenizers.ByteLevel.alphabet())
words = Tokenizer(models.BPE(unk_token="<|endoftext|>", end_of_word_suffix="</w>"))
words.pre_tokenizer = pre_tokenizers.Sequence([pre_tokenizers.Whitespace(), pre_tokenizers.ByteLevel(add_prefix_space=False, use_regex=False)])
words.train_from_iterator(TEXTS * 4, trainers.BpeTrainer(vocab_size=620, initial_alphabet=letters, end_of_word_suffix="</w>"))
state = json.loads(words.to_str())["model"]
vocab = dict(sorted(state["vocab"].items(), key=lambda item: item[1]))
for letter in letters:
    vocab.setdefault(letter, len(vocab))
    vocab.setdefault(letter + "</w>", len(vocab))
for special in ("<|startoftext|>", "<|endoftext|>"):
    vocab[special] = len(vocab)
begin, end = vocab["<|startoftext|>"], vocab["<|endoftext|>"]
write("diffusers/tokenizer", "vocab.json", vocab)
(HOME / "diffusers/tokenizer/merges.txt").write_text("#version: 0.2\n" + "\n".join(m if isinstance(m, str) else " ".join(m) for m in state["merges"]) + "\n")
write("diffusers/tokenizer", "tokenizer_config.json", {"tokenizer_class": "CLIPTokenizer", "model_max_length": 20,
      "bos_token": "<|startoftext|>", "eos_token": "<|endoftext|>", "pad_token": "<|endoftext|>", "unk_token": "<|endoftext|>"})
torch.manual_seed(3)
text_config = CLIPTextConfig(vocab_size=len(vocab), hidden_size=16, intermediate_size=24, num_hidden_layers=1, num_attention_heads=2,
                             max_position_embeddings=20, eos_token_id=end, bos_token_id=begin, pad_token_id=end, attn_implementation="eager")
encoder = CLIPTextModel(text_config).eval()
for parameter in encoder.parameters():
    if parameter.dim() > 1:
        parameter.data.normal_(0, 1.2 / math.sqrt(parameter.shape[-1]))
write("diffusers/text_encoder", "config.json", {**text_config.to_dict(), "architectures": ["CLIPTextModel"]})


class Encode(nn.Module):
    def __init__(self):
        super().__init__()
        self.m = encoder

    def forward(self, input_ids):
        return self.m(input_ids=input_ids).last_hidden_state


class Unet(nn.Module):
    def __init__(self):
        super().__init__()
        torch.manual_seed(4)
        self.a, self.b = nn.Conv2d(4, 16, 3, padding=1), nn.Conv2d(16, 4, 3, padding=1)
        self.t, self.k, self.v = nn.Linear(2, 16), nn.Linear(16, 16), nn.Linear(16, 16)

    def forward(self, sample, timestep, encoder_hidden_states):
        x = self.a(sample)
        t = timestep.float()[:, None] / 1000
        x = x + self.t(torch.cat([torch.sin(t * 6), torch.cos(t * 6)], -1))[..., None, None]
        rows = x.flatten(2).transpose(1, 2)
        seen = (rows @ self.k(encoder_hidden_states).transpose(1, 2) / 4).softmax(-1) @ self.v(encoder_hidden_states)
        x = x + seen.transpose(1, 2).reshape(x.shape)
        return self.b(torch.nn.functional.silu(x)) + sample * 0.5


class Decode(nn.Module):
    def __init__(self):
        super().__init__()
        torch.manual_seed(5)
        self.c, self.up = nn.Conv2d(4, 48, 3, padding=1), nn.PixelShuffle(4)

    def forward(self, latent_sample):
        return torch.tanh(self.up(self.c(latent_sample)))


class EncodeImage(nn.Module):
    def __init__(self):
        super().__init__()
        torch.manual_seed(6)
        self.c = nn.Conv2d(3, 8, 4, 4)

    def forward(self, sample):
        return self.c(sample)


unet, decode, encode_image = Unet().eval(), Decode().eval(), EncodeImage().eval()
latent_axes = {0: "batch_size", 2: "height", 3: "width"}
probe = torch.tensor([[begin] + [end] * 19])
hidden = Encode()(probe)
export("text_encoder/model.onnx", Encode(), (probe.to(torch.int32),), ["input_ids"], ["last_hidden_state"], {"input_ids": {0: "batch_size", 1: "sequence_length"}, "last_hidden_state": {0: "batch_size", 1: "sequence_length"}})
export("unet/model.onnx", unet, (torch.zeros(1, 4, 8, 8), torch.tensor([1]), hidden.detach()), ["sample", "timestep", "encoder_hidden_states"], ["out_sample"],
       {"sample": latent_axes, "timestep": {0: "batch_size"}, "encoder_hidden_states": {0: "batch_size", 1: "sequence_length"}, "out_sample": latent_axes})
export("vae_decoder/model.onnx", decode, (torch.zeros(1, 4, 8, 8),), ["latent_sample"], ["sample"], {"latent_sample": latent_axes, "sample": latent_axes})
export("vae_encoder/model.onnx", encode_image, (torch.zeros(1, 3, 32, 32),), ["sample"], ["latent_parameters"], {"sample": latent_axes, "latent_parameters": latent_axes})
scheduler = {"_class_name": "EulerDiscreteScheduler", **SD, "prediction_type": "epsilon", "timestep_spacing": "leading", "steps_offset": 1}
write("diffusers/scheduler", "scheduler_config.json", scheduler)
write("diffusers/unet", "config.json", {"_class_name": "UNet2DConditionModel", "in_channels": 4, "out_channels": 4, "sample_size": 8, "cross_attention_dim": 16, "block_out_channels": [16, 16]})
vae = {"_class_name": "AutoencoderKL", "latent_channels": 4, "block_out_channels": [8, 8, 8], "scaling_factor": 0.5}
write("diffusers/vae_decoder", "config.json", vae)
write("diffusers/vae_encoder", "config.json", vae)
write("diffusers", "model_index.json", {"_class_name": "OnnxStableDiffusionPipeline", "text_encoder": ["diffusers", "OnnxRuntimeModel"],
      "tokenizer": ["transformers", "CLIPTokenizer"], "unet": ["diffusers", "OnnxRuntimeModel"], "vae_decoder": ["diffusers", "OnnxRuntimeModel"],
      "vae_encoder": ["diffusers", "OnnxRuntimeModel"], "scheduler": ["diffusers", scheduler["_class_name"]]})

from transformers import CLIPTokenizer

official = CLIPTokenizer.from_pretrained(str(HOME / "diffusers/tokenizer"))


def prompt(text):
    ids = official(text)["input_ids"]
    assert len(ids) <= 20
    return ids + [end] * (20 - len(ids))


def paint(text, without, steps, guidance, seed, picture=None, strength=1.0):
    with torch.no_grad():
        both = Encode()(torch.tensor([prompt(without), prompt(text)]))

        def network(x, t):
            if guidance == 1:
                return unet(x, torch.tensor([int(t)]), both[1:])
            no, yes = unet(torch.cat([x, x]), torch.tensor([int(t)] * 2), both).chunk(2)
            return no + guidance * (yes - no)

        random = Random(seed)
        noise = random.normal(1, 4, 8, 8)
        start = 0 if picture is None else steps - min(int(steps * strength), steps)
        clean = None if picture is None else encode_image(picture)[:, :4] * 0.5
        out, _, _ = sample(scheduler, steps, network, noise, lambda: random.normal(1, 4, 8, 8), start, clean)
        return decode(out / 0.5).clamp(-1, 1)


grid = torch.stack(torch.meshgrid(torch.arange(32), torch.arange(32), indexing="ij"))
picture = (torch.stack([grid[1] * 8, grid[0] * 8, grid.sum(0) * 4]) / 127.5 - 1)[None].float()
record = {
    "ids": {text: prompt(text) for text in (*TEXTS, "", "Boats & 月!")},
    "words": listed(paint(TEXTS[0], "the moon", 6, 4.0, "seed")),
    "plain": listed(paint(TEXTS[0], "", 4, 1, 5)),
    "again": listed(paint(TEXTS[1], "", 8, 3.0, "x", picture, 0.5)),
}
(HOME / "pipeline-reference.json").write_text(json.dumps(record) + "\n")

# ---- single networks with a manifest ----
torch.manual_seed(12)


class Larger(nn.Module):
    def __init__(self):
        super().__init__()
        self.c, self.up = nn.Conv2d(3, 12, 3, padding=1), nn.PixelShuffle(2)

    def forward(self, image):
        return self.up(self.c(image) + image.repeat_interleave(4, 1)) * 255


class Cut(nn.Module):
    def __init__(self):
        super().__init__()
        self.c = nn.Conv2d(3, 1, 3, padding=1)

    def forward(self, image):
        return self.c(image.permute(0, 3, 1, 2)) * 4


larger, cut = Larger().eval(), Cut().eval()
tiny = picture[:, :, ::4, ::4].contiguous()  # 8 × 8
mean, std = torch.tensor([0.485, 0.456, 0.406]), torch.tensor([0.229, 0.224, 0.225])
with torch.no_grad():
    share = (tiny + 1) / 2
    single = {"larger": listed((larger(share.flip(1)).clamp(0, 255).flip(1) / 127.5 - 1)),
              "cut": listed(torch.sigmoid(cut(((share.permute(0, 2, 3, 1) - mean) / std))) * 2 - 1), "tiny": listed(tiny)}
image_axes = {0: "n", 2: "h", 3: "w"}
export("../single/larger.onnx", larger, (share,), ["image"], ["result"], {"image": image_axes, "result": image_axes})
export("../single/cut.onnx", cut, (share.permute(0, 2, 3, 1),), ["image"], ["result"], {"image": {0: "n", 1: "h", 2: "w"}, "result": image_axes})
(HOME / "single-reference.json").write_text(json.dumps(single) + "\n")
