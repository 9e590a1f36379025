"""Makes more tiny folders in the layout that transformers.js loads: depth, background, super-resolution, captions and text to
music, each a small network of our own under the names of the real kind, and what PyTorch answers.

    python recipes/pytorch/reference/record-transformers-eyes.py   (needs: pip install torch transformers tokenizers onnx)
"""
import json
import pathlib
import shutil
import warnings

import torch
from torch import nn

warnings.filterwarnings("ignore")
HOME = pathlib.Path(__file__).parents[3] / "src/drivers/transformers/fixtures"
record = {}


def write(folder, name, value):
    path = HOME / folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(value, indent=1) + "\n")


def export(folder, name, model, args, inputs, outputs, axes):
    path = HOME / folder / "onnx" / name
    path.parent.mkdir(parents=True, exist_ok=True)
    torch.onnx.export(model.eval(), args, str(path), input_names=inputs, output_names=outputs, dynamic_axes=axes,
                      opset_version=17, dynamo=False)
    print(folder, name, path.stat().st_size)
    assert path.stat().st_size < 200_000


def listed(tensor):
    return [round(float(x), 6) for x in tensor.flatten()]


grid = torch.stack(torch.meshgrid(torch.arange(16), torch.arange(16), indexing="ij"))
picture = torch.stack([(grid[1] * 16) % 256, (grid[0] * 16) % 256, (grid.sum(0) * 8) % 256])
seen = (picture / 255)[None]
PICTURE = {"image_processor_type": "ViTImageProcessor", "do_resize": True, "size": {"height": 16, "width": 16},
           "do_rescale": True, "rescale_factor": 1 / 255, "do_normalize": False, "resample": 2, "do_convert_rgb": True}
pixel_axes = {0: "batch_size", 2: "height", 3: "width"}


class Depth(nn.Module):
    def __init__(self):
        super().__init__()
        torch.manual_seed(1)
        self.c = nn.Conv2d(3, 1, 3, padding=1)

    def forward(self, pixel_values):
        return self.c(pixel_values)[:, 0] * 5 + 20


depth = Depth()
export("depth", "model.onnx", depth, (seen,), ["pixel_values"], ["predicted_depth"],
       {"pixel_values": pixel_axes, "predicted_depth": {0: "batch_size", 1: "height", 2: "width"}})
write("depth", "config.json", {"model_type": "depth_anything", "architectures": ["DepthAnythingForDepthEstimation"]})
write("depth", "preprocessor_config.json", PICTURE)


class Subject(nn.Module):
    def __init__(self):
        super().__init__()
        torch.manual_seed(2)
        self.c = nn.Conv2d(3, 1, 3, padding=1)

    def forward(self, input):
        return torch.sigmoid(self.c(input) * 6)


subject = Subject()
export("subject", "model.onnx", subject, (seen,), ["input"], ["output"], {"input": pixel_axes, "output": pixel_axes})
write("subject", "config.json", {"model_type": "modnet", "architectures": ["MODNet"]})
write("subject", "preprocessor_config.json", PICTURE)


class Enlarge(nn.Module):
    def __init__(self):
        super().__init__()
        torch.manual_seed(3)
        self.c = nn.Conv2d(3, 12, 3, padding=1)
        self.up = nn.PixelShuffle(2)

    def forward(self, pixel_values):
        return self.up(self.c(pixel_values) * 0.5 + pixel_values.repeat_interleave(4, 1))


enlarge = Enlarge()
export("enlarge", "model.onnx", enlarge, (seen,), ["pixel_values"], ["reconstruction"],
       {"pixel_values": pixel_axes, "reconstruction": pixel_axes})
write("enlarge", "config.json", {"model_type": "swin2sr", "architectures": ["Swin2SRForImageSuperResolution"], "upscale": 2, "num_channels": 3})
write("enlarge", "preprocessor_config.json", {"image_processor_type": "Swin2SRImageProcessor", "do_rescale": True,
      "rescale_factor": 1 / 255, "do_pad": True, "pad_size": 8})

with torch.no_grad():
    record["picture"] = picture.flatten().tolist()
    record["depth"] = listed(depth(seen))
    record["subject"] = listed(subject(seen))
    record["enlarge"] = listed(enlarge(seen).clamp(0, 1))


# ---- a caption: an encoder of pictures, and a decoder of words that looks at what it saw ----
class See(nn.Module):
    def __init__(self):
        super().__init__()
        torch.manual_seed(4)
        self.c = nn.Conv2d(3, 16, 8, 8)

    def forward(self, pixel_values):
        return self.c(pixel_values * 2 - 1).flatten(2).transpose(1, 2)  # (B, 4, 16)


class Say(nn.Module):
    """One layer that attends to itself, with keys and values in and out, and to the picture."""

    def __init__(self, words):
        super().__init__()
        torch.manual_seed(11)
        self.e, self.p = nn.Embedding(words, 16), nn.Embedding(64, 16)
        self.qkv, self.q, self.kv, self.head = nn.Linear(16, 48), nn.Linear(16, 16), nn.Linear(16, 32), nn.Linear(16, words)
        for one in (self.qkv, self.q, self.kv, self.head):
            nn.init.normal_(one.weight, 0, 0.6)

    def forward(self, input_ids, encoder_hidden_states, past_key, past_value):
        begin = past_key.shape[2]
        total = begin + input_ids.shape[1]
        x = self.e(input_ids) + self.p(torch.arange(begin, total))
        q, k, v = self.qkv(x).chunk(3, -1)
        k, v = torch.cat([past_key, k[:, None]], 2), torch.cat([past_value, v[:, None]], 2)
        later = torch.arange(total)[None, :] > torch.arange(begin, total)[:, None]
        x = x + ((q[:, None] @ k.transpose(-1, -2) / 4).masked_fill(later, -1e9).softmax(-1) @ v)[:, 0]
        ek, ev = self.kv(encoder_hidden_states).chunk(2, -1)
        x = x + (self.q(x) @ ek.transpose(-1, -2) / 4).softmax(-1) @ ev
        return self.head(x), k, v


see, say = See(), Say(296)
empty = torch.zeros(1, 1, 0, 16)
with torch.no_grad():
    ids = [0]
    for _ in range(12):
        logits, _, _ = say(torch.tensor([ids]), see(seen), empty, empty)
        ids.append(int(logits[0, -1].argmax()))
        if ids[-1] == 0:
            break
record["caption"] = ids[1:]
export("caption", "encoder_model.onnx", see, (seen,), ["pixel_values"], ["last_hidden_state"],
       {"pixel_values": {0: "batch_size"}, "last_hidden_state": {0: "batch_size"}})
past = torch.zeros(1, 1, 3, 16)
export("caption", "decoder_model_merged.onnx", say, (torch.tensor([[1, 2]]), see(seen), past, past),
       ["input_ids", "encoder_hidden_states", "past_key_values.0.key", "past_key_values.0.value"],
       ["logits", "present.0.key", "present.0.value"],
       {"input_ids": {0: "batch_size", 1: "sequence_length"}, "encoder_hidden_states": {0: "batch_size", 1: "seen"},
        "logits": {0: "batch_size", 1: "sequence_length"},
        **{f"past_key_values.0.{k}": {0: "batch_size", 2: "past"} for k in ("key", "value")},
        **{f"present.0.{k}": {0: "batch_size", 2: "total"} for k in ("key", "value")}})
write("caption", "config.json", {
    "model_type": "vision-encoder-decoder", "architectures": ["VisionEncoderDecoderModel"], "is_encoder_decoder": True,
    "decoder_start_token_id": 0, "eos_token_id": 0, "pad_token_id": 0, "bos_token_id": 0,
    "encoder": {"model_type": "vit", "hidden_size": 16, "image_size": 16},
    "decoder": {"model_type": "gpt2", "n_embd": 16, "n_head": 1, "n_layer": 1, "vocab_size": 296, "add_cross_attention": True, "is_decoder": True}})
write("caption", "generation_config.json", {"decoder_start_token_id": 0, "eos_token_id": 0, "pad_token_id": 0, "max_new_tokens": 12})
write("caption", "preprocessor_config.json", PICTURE)
for name in ("tokenizer.json", "tokenizer_config.json"):
    shutil.copy(HOME / "gpt2" / name, HOME / "caption" / name)


# ---- words to music: an encoder of words, a decoder of 4 codebooks that begin one after another, and a codec ----
BOOKS, CODES, PAD, HOP = 4, 16, 16, 20


class ReadWords(nn.Module):
    def __init__(self):
        super().__init__()
        torch.manual_seed(21)
        self.e = nn.Embedding(296, 16)

    def forward(self, input_ids, attention_mask):
        return self.e(input_ids) * attention_mask[..., None]


class Play(nn.Module):
    """(B·books, T) codes → (B·books, T, codes); answers so plain that drawing by chance takes the likeliest."""

    def __init__(self):
        super().__init__()
        torch.manual_seed(22)
        self.e, self.p = nn.Embedding(BOOKS * (CODES + 1), 16), nn.Embedding(256, 16)
        self.qkv, self.q, self.kv = nn.Linear(16, 48), nn.Linear(16, 16), nn.Linear(16, 32)
        self.head = nn.Linear(16, BOOKS * CODES)
        for one in (self.qkv, self.q, self.kv):
            nn.init.normal_(one.weight, 0, 0.6)
        nn.init.normal_(self.head.weight, 0, 20_000)

    def forward(self, input_ids, encoder_hidden_states, encoder_attention_mask, past_key, past_value):
        begin, added = past_key.shape[2], input_ids.shape[1]
        total = begin + added
        books = input_ids.reshape(-1, BOOKS, added) + torch.arange(BOOKS)[None, :, None] * (CODES + 1)
        x = self.e(books).sum(1) + self.p(torch.arange(begin, total))  # (B, T, 16)
        q, k, v = self.qkv(x).chunk(3, -1)
        k, v = torch.cat([past_key, k[:, None]], 2), torch.cat([past_value, v[:, None]], 2)
        later = torch.arange(total)[None, :] > torch.arange(begin, total)[:, None]
        x = x + ((q[:, None] @ k.transpose(-1, -2) / 4).masked_fill(later, -1e9).softmax(-1) @ v)[:, 0]
        ek, ev = self.kv(encoder_hidden_states).chunk(2, -1)
        scores = (self.q(x) @ ek.transpose(-1, -2) / 4) + (encoder_attention_mask[:, None, :].float() - 1) * 10
        x = x + scores.softmax(-1) @ ev
        logits = self.head(nn.functional.normalize(x, dim=-1)).reshape(-1, added, BOOKS, CODES).transpose(1, 2)
        return logits.reshape(-1, added, CODES), k, v


class Sound(nn.Module):
    def __init__(self):
        super().__init__()
        torch.manual_seed(23)
        self.e, self.up = nn.Embedding(BOOKS * CODES, 8), nn.ConvTranspose1d(8, 1, HOP, HOP)
        nn.init.normal_(self.e.weight, 0, 0.4)

    def forward(self, audio_codes):
        books = audio_codes[0] + torch.arange(BOOKS)[None, :, None] * CODES  # (B, books, T)
        return torch.tanh(self.up(self.e(books).sum(1).transpose(1, 2)))


from tokenizers import Tokenizer

read_words, play, sound = ReadWords().eval(), Play().eval(), Sound().eval()
ids = torch.tensor([Tokenizer.from_file(str(HOME / "gpt2/tokenizer.json")).encode("a red boat, the moon").ids])
ones = torch.ones_like(ids)
empty = torch.zeros(2, 1, 0, 16)
LENGTH, FADE, GUIDANCE = 400, 400, 2.0
steps = (LENGTH + FADE + HOP - 1) // HOP + BOOKS
with torch.no_grad():
    hidden = read_words(ids, ones)
    both, mask = torch.cat([hidden, torch.zeros_like(hidden)]), torch.cat([ones, torch.zeros_like(ones)])
    rows = torch.full((BOOKS, 1), PAD)
    for _ in range(steps):
        masked = rows.clone()
        for book in range(BOOKS):
            masked[book, : book + 1] = PAD
        yes, no = play(torch.cat([masked, masked]), both, mask, empty, empty)[0][:, -1].chunk(2)
        two = (no + GUIDANCE * (yes - no)).topk(2, -1).values
        assert (two[:, 0] - two[:, 1]).min() > 5, "chance decides"
        rows = torch.cat([rows, (no + GUIDANCE * (yes - no)).argmax(-1, keepdim=True)], 1)
    size = rows.shape[1]
    codes = torch.stack([rows[book, book + 1 : book + 1 + size - BOOKS] for book in range(BOOKS)])[None, None]
    wave = sound(codes)[0, 0]

record["music"] = {"labels": ["a red boat", "the moon"], "length": LENGTH, "guidance": GUIDANCE, "wave": listed(wave)}
export("music", "text_encoder.onnx", read_words, (ids, ones), ["input_ids", "attention_mask"], ["last_hidden_state"],
       {"input_ids": {0: "batch_size", 1: "sequence_length"}, "attention_mask": {0: "batch_size", 1: "sequence_length"},
        "last_hidden_state": {0: "batch_size", 1: "sequence_length"}})
some = torch.zeros(2, 1, 3, 16)
export("music", "decoder_model_merged.onnx", play, (torch.zeros(2 * BOOKS, 2, dtype=torch.long), both, mask, some, some),
       ["input_ids", "encoder_hidden_states", "encoder_attention_mask", "past_key_values.0.decoder.key", "past_key_values.0.decoder.value"],
       ["logits", "present.0.decoder.key", "present.0.decoder.value"],
       {"input_ids": {0: "rows", 1: "sequence_length"}, "encoder_hidden_states": {0: "batch_size", 1: "seen"},
        "encoder_attention_mask": {0: "batch_size", 1: "seen"}, "logits": {0: "rows", 1: "sequence_length"},
        **{f"past_key_values.0.decoder.{k}": {0: "batch_size", 2: "past"} for k in ("key", "value")},
        **{f"present.0.decoder.{k}": {0: "batch_size", 2: "total"} for k in ("key", "value")}})
export("music", "encodec_decode.onnx", sound, (codes,), ["audio_codes"], ["audio_values"],
       {"audio_codes": {1: "batch_size", 3: "length"}, "audio_values": {0: "batch_size", 2: "samples"}})
write("music", "config.json", {
    "model_type": "musicgen", "architectures": ["MusicgenForConditionalGeneration"], "is_encoder_decoder": True,
    "text_encoder": {"model_type": "t5", "d_model": 16},
    "audio_encoder": {"model_type": "encodec", "sampling_rate": 1600, "upsampling_ratios": [4, 5]},
    "decoder": {"model_type": "musicgen_decoder", "num_codebooks": BOOKS, "vocab_size": CODES, "pad_token_id": PAD,
                "bos_token_id": PAD, "num_hidden_layers": 1, "num_attention_heads": 1, "hidden_size": 16}})
write("music", "generation_config.json", {"decoder_start_token_id": PAD, "bos_token_id": PAD, "pad_token_id": PAD, "guidance_scale": 3})
for name in ("tokenizer.json", "tokenizer_config.json"):
    shutil.copy(HOME / "gpt2" / name, HOME / "music" / name)
(HOME / "reference-eyes.json").write_text(json.dumps(record) + "\n")
