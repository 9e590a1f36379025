"""What the schedulers of diffusers compute, by their formulas, for src/drivers/onnx/sampling; and a tiny pipeline of our own in
the diffusers ONNX layout (text encoder, U-Net, VAE), with the picture that PyTorch makes of the same noise.

    python recipes/pytorch/reference/record-diffusers.py   (needs: pip install torch transformers tokenizers onnx)
"""
import json
import math
import pathlib
import warnings

import torch
from tokenizers import Tokenizer, decoders, models, pre_tokenizers, processors, trainers
from torch import nn
from transformers import CLIPTextConfig, CLIPTextModel

from diffusers_steps import Random, listed, sample

warnings.filterwarnings("ignore")
HOME = pathlib.Path(__file__).parents[3] / "src/drivers/onnx/fixtures"


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
