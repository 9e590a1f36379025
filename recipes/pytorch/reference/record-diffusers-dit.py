"""A tiny pipeline of diffusers' layout whose network is a Transformer (transformer/ in place of unet/, rectified flow), with the picture that
PyTorch makes of the same noise. Text encoder, tokenizer and autoencoder are those of record-diffusers.py.

    python recipes/pytorch/reference/record-diffusers-dit.py   (needs: pip install torch onnx onnxruntime)
"""
import json
import pathlib

import numpy as np
import onnxruntime
import torch
from torch import nn

from diffusers_steps import Random, listed, sample

HOME = pathlib.Path(__file__).parents[3] / "src/drivers/onnx/fixtures"
WIDTH, HEADS, PATCH = 16, 2, 2


class Transformer(nn.Module):
    """Patches of latents see each other, then the words; the time is added. One block."""

    def __init__(self):
        super().__init__()
        torch.manual_seed(8)
        self.input, self.output = nn.Linear(4 * PATCH**2, WIDTH), nn.Linear(WIDTH, 4 * PATCH**2)
        self.time, self.qkv = nn.Linear(2, WIDTH), nn.Linear(WIDTH, 3 * WIDTH)
        self.k, self.v = nn.Linear(16, WIDTH), nn.Linear(16, WIDTH)
        self.norm = nn.LayerNorm(WIDTH)

    def forward(self, hidden_states, encoder_hidden_states, timestep):
        b, c, h, w = hidden_states.shape
        x = hidden_states.reshape(b, c, h // PATCH, PATCH, w // PATCH, PATCH).permute(0, 2, 4, 1, 3, 5).reshape(b, -1, c * PATCH**2)
        t = timestep.float()[:, None] / 1000
        x = self.input(x) + self.time(torch.cat([torch.sin(t * 6), torch.cos(t * 6)], -1))[:, None]
        q, k, v = self.qkv(self.norm(x)).reshape(b, -1, 3, HEADS, WIDTH // HEADS).permute(2, 0, 3, 1, 4)
        seen = (q @ k.transpose(-1, -2) / (WIDTH // HEADS) ** 0.5).softmax(-1) @ v
        x = x + seen.transpose(1, 2).reshape(x.shape)
        told = (x @ self.k(encoder_hidden_states).transpose(1, 2) / 4).softmax(-1) @ self.v(encoder_hidden_states)
        out = self.output(torch.nn.functional.gelu(x + told))
        return out.reshape(b, h // PATCH, w // PATCH, c, PATCH, PATCH).permute(0, 3, 1, 4, 2, 5).reshape(b, c, h, w)


def write(name, value):
    path = HOME / "diffusers-dit" / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(value, indent=1) + "\n")


def run(name, **inputs):
    return torch.from_numpy(onnxruntime.InferenceSession(str(HOME / "diffusers" / name)).run(None, inputs)[0])


network = Transformer().eval()
scheduler = {"_class_name": "FlowMatchEulerDiscreteScheduler", "shift": 3.0}
write("scheduler/scheduler_config.json", scheduler)
write("transformer/config.json", {"_class_name": "PixArtTransformer2DModel", "in_channels": 4, "sample_size": 8, "patch_size": PATCH})
write("model_index.json", {"_class_name": "OnnxPixArtPipeline", "text_encoder": ["diffusers", "OnnxRuntimeModel"],
      "tokenizer": ["transformers", "CLIPTokenizer"], "transformer": ["diffusers", "OnnxRuntimeModel"],
      "vae_decoder": ["diffusers", "OnnxRuntimeModel"], "scheduler": ["diffusers", scheduler["_class_name"]]})
axes = {0: "batch_size", 2: "height", 3: "width"}
torch.onnx.export(network, (torch.zeros(1, 4, 8, 8), torch.zeros(1, 20, 16), torch.tensor([1.0])), str(HOME / "diffusers-dit/transformer/model.onnx"),
                  input_names=["hidden_states", "encoder_hidden_states", "timestep"], output_names=["out_sample"], opset_version=17, dynamo=False,
                  dynamic_axes={"hidden_states": axes, "encoder_hidden_states": {0: "batch_size", 1: "sequence_length"}, "timestep": {0: "batch_size"}, "out_sample": axes})
ids = json.loads((HOME / "pipeline-reference.json").read_text())["ids"]
both = run("text_encoder/model.onnx", input_ids=np.array([ids[""], ids["a red boat on a lake"]], dtype=np.int32))


def predicted(x, t):
    with torch.no_grad():
        no, yes = network(torch.cat([x, x]), both, torch.tensor([t] * 2)).chunk(2)
    return no + 3.0 * (yes - no)


random = Random("flow")
out, _, _ = sample(scheduler, 5, predicted, random.normal(1, 4, 8, 8), lambda: random.normal(1, 4, 8, 8))
picture = run("vae_decoder/model.onnx", latent_sample=(out / 0.5).float().numpy()).clamp(-1, 1)
(HOME / "pipeline-dit-reference.json").write_text(json.dumps({"words": listed(picture)}) + "\n")
print("picture", picture.shape, (HOME / "diffusers-dit/transformer/model.onnx").stat().st_size)
