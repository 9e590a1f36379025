"""Records what test/llama-embedder.test.ts compares with: a tiny BERT in GGUF, and where transformers says texts point.

    python recipes/pytorch/reference/record-llama.py   (needs: pip install torch transformers tokenizers gguf)
"""
import json
import pathlib

import gguf
import torch
from tokenizers import Tokenizer, models, normalizers, pre_tokenizers, processors
from transformers import BertConfig, BertModel

HOME = pathlib.Path(__file__).parents[3] / "src/drivers/llama/fixtures"
TEXTS = ["床前明月光", "the moon over the sea", "a red boat", "moon", "unknown zebra", "The Moon, 1923."]

words = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]", "the", "moon", "over", "sea", "a", "red", "boat", "on", "lake", ",", ".",
         "19", "##23", "b", "##o", "##a", "##t", "##s", "床", "前", "明", "月", "光", "春", "m", "##oon", "z", "long"]
wordpiece = Tokenizer(models.WordPiece({w: i for i, w in enumerate(words)}, unk_token="[UNK]"))
wordpiece.normalizer = normalizers.BertNormalizer(lowercase=True)
wordpiece.pre_tokenizer = pre_tokenizers.BertPreTokenizer()
wordpiece.post_processor = processors.TemplateProcessing(single="[CLS] $A [SEP]", special_tokens=[("[CLS]", 2), ("[SEP]", 3)])

torch.manual_seed(11)
config = BertConfig(vocab_size=len(words), hidden_size=32, num_hidden_layers=2, num_attention_heads=2, intermediate_size=48,
                    max_position_embeddings=64)
bert = BertModel(config, add_pooling_layer=False).eval()
with torch.no_grad():
    for name, weight in bert.named_parameters():
        if "LayerNorm.weight" in name:
            weight.add_(0.3 * torch.randn_like(weight))
        else:
            weight.copy_(torch.randn_like(weight) * (0.3 if weight.dim() > 1 else 0.1))

record = {"texts": TEXTS, "ids": [wordpiece.encode(text).ids for text in TEXTS]}
with torch.no_grad():
    hidden = [bert(torch.tensor([ids])).last_hidden_state[0] for ids in record["ids"]]
for name, pooled in (("mean", [h.mean(0) for h in hidden]), ("cls", [h[0] for h in hidden]), ("last", [h[-1] for h in hidden])):
    record[name] = [[round(float(x), 6) for x in v / v.norm()] for v in pooled]

NAMES = {
    "embeddings.word_embeddings": "token_embd", "embeddings.position_embeddings": "position_embd",
    "embeddings.token_type_embeddings": "token_types", "embeddings.LayerNorm": "token_embd_norm",
    "attention.self.query": "attn_q", "attention.self.key": "attn_k", "attention.self.value": "attn_v",
    "attention.output.dense": "attn_output", "attention.output.LayerNorm": "attn_output_norm",
    "intermediate.dense": "ffn_up", "output.dense": "ffn_down", "output.LayerNorm": "layer_output_norm",
}


def place(name):
    stem, kind = name.rsplit(".", 1)
    if stem.startswith("encoder.layer."):
        layer, part = stem[len("encoder.layer."):].split(".", 1)
        return f"blk.{layer}.{NAMES[part]}.{kind}"
    return f"{NAMES[stem]}.{kind}"


HOME.mkdir(parents=True, exist_ok=True)
writer = gguf.GGUFWriter(str(HOME / "bert.gguf"), "bert")
writer.add_name("tiny bert")
writer.add_license("CC0-1.0")
writer.add_context_length(config.max_position_embeddings)
writer.add_embedding_length(config.hidden_size)
writer.add_feed_forward_length(config.intermediate_size)
writer.add_block_count(config.num_hidden_layers)
writer.add_head_count(config.num_attention_heads)
writer.add_layer_norm_eps(config.layer_norm_eps)
writer.add_causal_attention(False)
writer.add_pooling_type(gguf.PoolingType.MEAN)
writer.add_tokenizer_model("bert")
writer.add_tokenizer_pre("default")
writer.add_token_type_count(2)
# llama.cpp marks where a word begins, BERT where it goes on.
writer.add_token_list([w if i < 5 else w[2:] if w.startswith("##") else "\u2581" + w for i, w in enumerate(words)])
writer.add_token_types([gguf.TokenType.CONTROL if i < 5 and i != 1 else gguf.TokenType.UNKNOWN if i == 1 else gguf.TokenType.NORMAL
                        for i in range(len(words))])
writer.add_pad_token_id(0)
writer.add_unk_token_id(1)
writer.add_bos_token_id(2)
writer.add_sep_token_id(3)
writer.add_eos_token_id(3)
writer.add_mask_token_id(4)
for name, weight in bert.named_parameters():
    writer.add_tensor(place(name), weight.detach().numpy())
writer.write_header_to_file()
writer.write_kv_data_to_file()
writer.write_tensors_to_file()
writer.close()
(HOME / "bert-reference.json").write_text(json.dumps(record, ensure_ascii=False) + "\n")
for file in sorted(HOME.iterdir()):
    print(file, file.stat().st_size)
