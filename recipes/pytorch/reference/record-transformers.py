"""Makes tiny folders in the layout that transformers.js loads (random weights of our own, exported to ONNX), and what PyTorch
answers with the same weights, for src/drivers/transformers.

    python recipes/pytorch/reference/record-transformers.py   (needs: pip install torch transformers tokenizers onnx)
"""
import json
import math
import pathlib
import warnings

import torch
from tokenizers import Tokenizer, decoders, models, normalizers, pre_tokenizers, processors, trainers
from transformers import (
    BertConfig, BertForMaskedLM, BertModel, CLIPConfig, CLIPModel, DynamicCache, GPT2Config, GPT2LMHeadModel,
)

warnings.filterwarnings("ignore")
HOME = pathlib.Path(__file__).parents[3] / "src/drivers/transformers/fixtures"
TEXTS = [
    "the moon over the sea, the sea under the moon",
    "a red boat on a lake; a blue bird over a tree",
    "春眠不觉晓，处处闻啼鸟。",
    "床前明月光，疑是地上霜。",
]
record = {}


def write(folder, name, value):
    path = HOME / folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(value if isinstance(value, str) else json.dumps(value, ensure_ascii=False, indent=1) + "\n")


def export(folder, name, model, args, inputs, outputs, axes):
    path = HOME / folder / "onnx" / name
    path.parent.mkdir(parents=True, exist_ok=True)
    torch.onnx.export(model, args, str(path), input_names=inputs, output_names=outputs, dynamic_axes=axes,
                      opset_version=17, dynamo=False)
    size = path.stat().st_size
    assert size < 200_000, (folder, name, size)
    print(folder, name, size)


def spread(model, scale, seed):
    """Random weights large enough that answers differ clearly."""
    torch.manual_seed(seed)
    for parameter in model.parameters():
        if parameter.dim() > 1:
            parameter.data.normal_(0, scale / math.sqrt(parameter.shape[-1]))
    return model.eval()


def listed(tensor):
    return [round(float(x), 6) for x in tensor.flatten()]


def byte_pairs(size, special):
    tokenizer = Tokenizer(models.BPE())
    tokenizer.pre_tokenizer = pre_tokenizers.ByteLevel(add_prefix_space=False)
    tokenizer.decoder = decoders.ByteLevel()
    alphabet = sorted(pre_tokenizers.ByteLevel.alphabet())
    tokenizer.train_from_iterator(TEXTS * 4, trainers.BpeTrainer(vocab_size=size, special_tokens=special, initial_alphabet=alphabet))
    return tokenizer


# ---- GPT-2: writes token by token, and is spoken to ----
tokenizer = byte_pairs(296, ["<|endoftext|>", "<|user|>", "<|assistant|>", "<|system|>"])
write("gpt2", "tokenizer.json", tokenizer.to_str(pretty=False))
TEMPLATE = (
    "{% for m in messages %}<|{{ m.role }}|>{{ m.content }}\n{% endfor %}"
    "{% if add_generation_prompt %}<|assistant|>{% endif %}"
)
write("gpt2", "tokenizer_config.json", {
    "tokenizer_class": "GPT2Tokenizer", "model_max_length": 128, "eos_token": "<|endoftext|>",
    "bos_token": "<|endoftext|>", "chat_template": TEMPLATE,
})
config = GPT2Config(vocab_size=296, n_embd=24, n_layer=2, n_head=2, n_positions=128, bos_token_id=0, eos_token_id=0,
                    attn_implementation="eager")
gpt2 = spread(GPT2LMHeadModel(config), 1.6, 5)
# Parts of characters and special tokens come seldom, so that what it says can be read.
seldom = [i for i in range(296) if i < 4 or not tokenizer.decode([i]).isascii() or not tokenizer.decode([i]).isprintable()]
gpt2.transformer.wte.weight.data[seldom] *= 0.05
stored = config.to_dict()
stored.update(architectures=["GPT2LMHeadModel"], model_type="gpt2")
write("gpt2", "config.json", stored)
write("gpt2", "generation_config.json", {"eos_token_id": 0, "bos_token_id": 0})


class WithCache(torch.nn.Module):
    """The graph that transformers.js calls: keys and values go in and come out by name."""

    def __init__(self, model):
        super().__init__()
        self.t, self.head, self.heads = model.transformer, model.lm_head, model.config.n_head

    @staticmethod
    def linear(layer, x):
        return x @ layer.weight + layer.bias  # GPT-2 keeps its matrices (in, out)

    def forward(self, input_ids, attention_mask, position_ids, *past):
        x = self.t.wte(input_ids) + self.t.wpe(position_ids)  # (B, T, C)
        total = attention_mask.shape[1]
        keys_at = torch.arange(total)[None, None, None, :]
        mine = (torch.arange(input_ids.shape[1]) + total - input_ids.shape[1])[None, None, :, None]
        open_ = (keys_at <= mine) & (attention_mask[:, None, None, :] > 0)
        present = []
        for i, block in enumerate(self.t.h):
            q, k, v = self.linear(block.attn.c_attn, block.ln_1(x)).chunk(3, -1)
            q, k, v = [y.unflatten(-1, (self.heads, -1)).transpose(1, 2) for y in (q, k, v)]
            k, v = torch.cat([past[2 * i], k], 2), torch.cat([past[2 * i + 1], v], 2)
            present += [k, v]
            a = (q @ k.transpose(-1, -2) / math.sqrt(q.shape[-1])).masked_fill(~open_, -1e9).softmax(-1)
            x = x + self.linear(block.attn.c_proj, (a @ v).transpose(1, 2).flatten(-2))
            x = x + self.linear(block.mlp.c_proj, block.mlp.act(self.linear(block.mlp.c_fc, block.ln_2(x))))
        return (self.head(self.t.ln_f(x)), *present)


cached = WithCache(gpt2).eval()
ids = tokenizer.encode(TEXTS[0]).ids
probe = torch.tensor([ids, list(reversed(ids))])
empty = [torch.zeros(2, 2, 0, 12)] * 4
mask, positions = torch.ones_like(probe), torch.arange(len(ids))[None].expand(2, -1)
with torch.no_grad():
    logits, *past = cached(probe, mask, positions, *empty)
    assert torch.allclose(logits, gpt2(probe).logits, atol=1e-4)
    more, *_ = cached(probe[:, :3], torch.ones(2, len(ids) + 3, dtype=torch.long), torch.arange(len(ids), len(ids) + 3)[None].expand(2, -1), *past)
    assert torch.allclose(more, gpt2(torch.cat([probe, probe[:, :3]], 1)).logits[:, -3:], atol=1e-4)
    greedy = gpt2.generate(probe[:1], max_new_tokens=24, do_sample=False, pad_token_id=0, eos_token_id=None)[0].tolist()
    prompt = tokenizer.encode(f"<|user|>{TEXTS[1]}\n<|assistant|>").ids
    said = gpt2.generate(torch.tensor([prompt]), max_new_tokens=16, do_sample=False, pad_token_id=0, eos_token_id=0)[0].tolist()
    log = logits[0].log_softmax(-1)
    score = [0.0] + [float(log[i, ids[i + 1]]) for i in range(len(ids) - 1)]
pasts = [f"past_key_values.{i}.{kind}" for i in range(2) for kind in ("key", "value")]
presents = [name.replace("past_key_values", "present") for name in pasts]
axes = {"input_ids": {0: "batch_size", 1: "sequence_length"}, "attention_mask": {0: "batch_size", 1: "total"},
        "position_ids": {0: "batch_size", 1: "sequence_length"}, "logits": {0: "batch_size", 1: "sequence_length"}}
axes |= {name: {0: "batch_size", 2: "past"} for name in pasts} | {name: {0: "batch_size", 2: "total"} for name in presents}
more_mask = torch.ones(2, len(ids) + 3, dtype=torch.long)
export("gpt2", "model.onnx", cached, (probe[:, :3], more_mask, torch.arange(len(ids), len(ids) + 3)[None].expand(2, -1), *past),
       ["input_ids", "attention_mask", "position_ids", *pasts], ["logits", *presents], axes)
record["gpt2"] = {"text": TEXTS[0], "ids": ids, "greedy": greedy[len(ids):], "score": [round(s, 5) for s in score],
                  "logits": listed(logits[0, -1]), "prompt": prompt, "said": said[len(prompt):],
                  "saidText": tokenizer.decode(said[len(prompt):], skip_special_tokens=True)}

# ---- BERT: fills gaps, and compares texts ----
letters = sorted(set("".join(TEXTS)) - set(" "))
words = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]", *letters, *sorted({w for t in TEXTS[:2] for w in t.replace(",", "").replace(";", "").split() if len(w) > 1})]
wordpiece = Tokenizer(models.WordPiece({w: i for i, w in enumerate(words)}, unk_token="[UNK]"))
wordpiece.normalizer = normalizers.BertNormalizer()
wordpiece.pre_tokenizer = pre_tokenizers.BertPreTokenizer()
wordpiece.post_processor = processors.TemplateProcessing(
    single="[CLS] $A [SEP]", pair="[CLS] $A [SEP] $B:1 [SEP]:1", special_tokens=[("[CLS]", 2), ("[SEP]", 3)])
wordpiece.decoder = decoders.WordPiece()
wordpiece.add_special_tokens(words[:5])
bert_config = BertConfig(vocab_size=len(words), hidden_size=24, num_hidden_layers=2, num_attention_heads=2,
                         intermediate_size=32, max_position_embeddings=32, pad_token_id=0, attn_implementation="eager")
filler, embedder = spread(BertForMaskedLM(bert_config), 1.5, 7), spread(BertModel(bert_config, add_pooling_layer=False), 1.5, 8)
for folder, kind in (("bert-gaps", "BertForMaskedLM"), ("bert-embed", "BertModel")):
    write(folder, "tokenizer.json", wordpiece.to_str())
    write(folder, "tokenizer_config.json", {
        "tokenizer_class": "BertTokenizer", "model_max_length": 32, "mask_token": "[MASK]", "unk_token": "[UNK]",
        "cls_token": "[CLS]", "sep_token": "[SEP]", "pad_token": "[PAD]"})
    write(folder, "config.json", {**bert_config.to_dict(), "architectures": [kind], "model_type": "bert"})


class Named(torch.nn.Module):
    def __init__(self, call):
        super().__init__()
        self.call = call

    def forward(self, *args):
        return self.call(*args)


gapped = "床前[MASK]月光，疑是[MASK]上霜。"
found = torch.tensor([wordpiece.encode(gapped).ids])
with torch.no_grad():
    out = filler(found).logits[0].softmax(-1)
record["bert-gaps"] = {"text": gapped, "fillings": [
    [[words[i], round(float(row[i]), 6)] for i in row.topk(3).indices.tolist()] for row in out[(found[0] == 4).nonzero()[:, 0]]]}
texts = TEXTS[:3]
vectors = []
with torch.no_grad():
    for text in texts:
        hidden = embedder(torch.tensor([wordpiece.encode(text).ids])).last_hidden_state[0].mean(0)
        vectors.append(listed(hidden / hidden.norm()))
record["bert-embed"] = {"texts": texts, "vectors": vectors}
two = {"input_ids": {0: "batch_size", 1: "sequence_length"}, "attention_mask": {0: "batch_size", 1: "sequence_length"},
       "token_type_ids": {0: "batch_size", 1: "sequence_length"}}
feed = (found, torch.ones_like(found), torch.zeros_like(found))


class Filler(torch.nn.Module):
    def __init__(self):
        super().__init__()
        self.m = filler

    def forward(self, ids, mask, types):
        return self.m(input_ids=ids, attention_mask=mask, token_type_ids=types).logits


class Embedder(torch.nn.Module):
    def __init__(self):
        super().__init__()
        self.m = embedder

    def forward(self, ids, mask, types):
        return self.m(input_ids=ids, attention_mask=mask, token_type_ids=types).last_hidden_state


export("bert-gaps", "model.onnx", Filler(), feed, list(two), ["logits"], two | {"logits": {0: "batch_size", 1: "sequence_length"}})
export("bert-embed", "model.onnx", Embedder(), feed, list(two), ["last_hidden_state"],
       two | {"last_hidden_state": {0: "batch_size", 1: "sequence_length"}})

# ---- CLIP: how well words fit a picture ----
clip_words = byte_pairs(290, ["<|startoftext|>", "<|endoftext|>"])
clip_words.post_processor = processors.TemplateProcessing(
    single="<|startoftext|> $A <|endoftext|>", special_tokens=[("<|startoftext|>", 0), ("<|endoftext|>", 1)])
write("clip", "tokenizer.json", clip_words.to_str())
write("clip", "tokenizer_config.json", {"tokenizer_class": "CLIPTokenizer", "model_max_length": 32,
      "bos_token": "<|startoftext|>", "eos_token": "<|endoftext|>", "pad_token": "<|endoftext|>"})
write("clip", "preprocessor_config.json", {
    "image_processor_type": "CLIPImageProcessor", "do_resize": True, "size": {"shortest_edge": 16}, "do_center_crop": True,
    "crop_size": {"height": 16, "width": 16}, "do_normalize": True, "do_rescale": True, "rescale_factor": 1 / 255,
    "image_mean": [0.5, 0.4, 0.3], "image_std": [0.25, 0.3, 0.35], "resample": 3, "do_convert_rgb": True})
clip_config = CLIPConfig(
    text_config=dict(vocab_size=290, hidden_size=24, intermediate_size=32, num_hidden_layers=1, num_attention_heads=2,
                     max_position_embeddings=32, bos_token_id=0, eos_token_id=1, pad_token_id=1),
    vision_config=dict(hidden_size=24, intermediate_size=32, num_hidden_layers=1, num_attention_heads=2, image_size=16, patch_size=8),
    projection_dim=16, attn_implementation="eager")
clip = spread(CLIPModel(clip_config), 1.5, 9)
write("clip", "config.json", {**clip_config.to_dict(), "architectures": ["CLIPModel"], "model_type": "clip"})


class Clip(torch.nn.Module):
    def __init__(self):
        super().__init__()
        self.m = clip

    def forward(self, ids, pixels, mask):
        out = self.m(input_ids=ids, pixel_values=pixels, attention_mask=mask)
        return out.logits_per_image, out.logits_per_text, out.text_embeds, out.image_embeds


captions = ["a red boat on a lake", "the moon over the sea"]
rows = [clip_words.encode(text).ids for text in captions]
longest = max(map(len, rows))
ids = torch.tensor([row + [1] * (longest - len(row)) for row in rows])
attention = torch.tensor([[1] * len(row) + [0] * (longest - len(row)) for row in rows])
grid = torch.stack(torch.meshgrid(torch.arange(16), torch.arange(16), indexing="ij"))
pictures = torch.stack([
    torch.stack([(grid[1] * 16) % 256, (grid[0] * 16) % 256, (grid.sum(0) * 8) % 256]),
    torch.stack([(grid[0] * 37) % 256, (grid[1] * 53) % 256, (grid[0] * grid[1]) % 256]),
])
seen = (pictures / 255 - torch.tensor([0.5, 0.4, 0.3])[:, None, None]) / torch.tensor([0.25, 0.3, 0.35])[:, None, None]
with torch.no_grad():
    _, _, text_embeds, image_embeds = Clip()(ids, seen, attention)
record["clip"] = {"texts": captions, "pictures": pictures.flatten(1).tolist(), "match": [listed(row) for row in image_embeds @ text_embeds.T]}
export("clip", "model.onnx", Clip(), (ids, seen, attention), ["input_ids", "pixel_values", "attention_mask"],
       ["logits_per_image", "logits_per_text", "text_embeds", "image_embeds"],
       {"input_ids": {0: "text_batch_size", 1: "sequence_length"}, "attention_mask": {0: "text_batch_size", 1: "sequence_length"},
        "pixel_values": {0: "image_batch_size"}, "logits_per_image": {0: "image_batch_size", 1: "text_batch_size"},
        "logits_per_text": {0: "text_batch_size", 1: "image_batch_size"}, "text_embeds": {0: "text_batch_size"},
        "image_embeds": {0: "image_batch_size"}})

write(".", "reference.json", json.dumps(record, ensure_ascii=False) + "\n")
