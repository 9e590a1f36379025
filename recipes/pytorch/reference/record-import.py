"""Makes two tiny folders as transformers saves them, with random weights and what they write, for
src/training/import/import-model.test.ts.

    python recipes/pytorch/reference/record-import.py   (needs: pip install torch transformers tokenizers)
"""
import json
import pathlib

import torch
from tokenizers import Tokenizer, decoders, models, pre_tokenizers, trainers
from transformers import GPT2Config, GPT2LMHeadModel, LlamaConfig, LlamaForCausalLM

HOME = pathlib.Path(__file__).parents[3] / "src/training/import/fixtures"
TEXT = "the moon over the sea, the sea under the moon; 春眠不觉晓，处处闻啼鸟。"

tokenizer = Tokenizer(models.BPE())
tokenizer.pre_tokenizer = pre_tokenizers.ByteLevel(add_prefix_space=False)
tokenizer.decoder = decoders.ByteLevel()
trainer = trainers.BpeTrainer(
    vocab_size=272, special_tokens=["<|endoftext|>"], initial_alphabet=sorted(pre_tokenizers.ByteLevel.alphabet())
)
tokenizer.train_from_iterator([TEXT] * 4, trainer)
size = tokenizer.get_vocab_size() + 8  # padded, as many models are
ids = tokenizer.encode(TEXT).ids

kinds = {
    "llama": LlamaForCausalLM(
        LlamaConfig(
            vocab_size=size,
            hidden_size=16,
            intermediate_size=24,
            num_hidden_layers=2,
            num_attention_heads=4,
            num_key_value_heads=2,
            max_position_embeddings=64,
            initializer_range=0.5,
            tie_word_embeddings=True,
        )
    ),
    "gpt2": GPT2LMHeadModel(GPT2Config(vocab_size=size, n_embd=16, n_layer=2, n_head=2, n_positions=64)),
}
expected = {}
for number, (name, model) in enumerate(kinds.items()):
    generator = torch.Generator().manual_seed(number)
    for parameter in model.parameters():
        noise = torch.randn(parameter.shape, generator=generator)
        parameter.data = 0.5 * noise if parameter.dim() > 1 else parameter.data + 0.1 * noise
    model.eval()
    folder = HOME / name
    model.save_pretrained(folder, safe_serialization=True)
    (folder / "generation_config.json").unlink(missing_ok=True)
    tokenizer.save(str(folder / "tokenizer.json"))
    with torch.no_grad():
        log = model(torch.tensor([ids])).logits[0].log_softmax(-1)
    scores = [float(log[t, ids[t + 1]]) for t in range(len(ids) - 1)]
    expected[name] = {"text": TEXT, "ids": ids, "scores": scores, "vocabSize": size}
(HOME / "expected.json").write_text(json.dumps(expected, ensure_ascii=False) + "\n")
