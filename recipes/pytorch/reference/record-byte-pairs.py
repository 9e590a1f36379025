"""Records the merges that Hugging Face's trainer learns, for the test of ours.

    python recipes/pytorch/reference/record-byte-pairs.py > src/training/tokenizer/reference.json
"""

import json

from tokenizers import Tokenizer, models, pre_tokenizers, trainers

TEXTS = [
    "春眠不觉晓，处处闻啼鸟。夜来风雨声，花落知多少。",
    "床前明月光，疑是地上霜。举头望明月，低头思故乡。明月几时有？把酒问青天。",
    "The moon is bright; the moon isn't near. It's the moon that I'd seen in 1984, and we'll see the moon again.",
    "Shall I compare thee to a summer's day?\n\nThou art more lovely and more temperate:\n",
    "明月明月，the bright moon 明月 on the sea.",
]
SIZE = 340
tokenizer = Tokenizer(models.BPE())
tokenizer.pre_tokenizer = pre_tokenizers.ByteLevel(add_prefix_space=False)
trainer = trainers.BpeTrainer(
    vocab_size=SIZE,
    min_frequency=2,
    special_tokens=["<pad>", "<s>", "</s>"],
    initial_alphabet=pre_tokenizers.ByteLevel.alphabet(),
    show_progress=False,
)
tokenizer.train_from_iterator(TEXTS, trainer)
merges = json.loads(tokenizer.to_str())["model"]["merges"]
print(json.dumps({"vocabSize": SIZE, "texts": TEXTS, "merges": merges}, ensure_ascii=False, indent=1))
