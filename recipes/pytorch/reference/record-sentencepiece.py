"""Records a small SentencePiece vocabulary and how it cuts texts, for test/llama-sentence-pieces.test.ts.

    python recipes/pytorch/reference/record-sentencepiece.py   (needs: pip install sentencepiece)
"""
import io
import json
import pathlib

import sentencepiece

LINES = ["The moon is over the sea, and the night is long.", "春眠不觉晓，处处闻啼鸟。夜来风雨声，花落知多少。",
         "床前明月光，疑是地上霜。举头望明月，低头思故乡。", "A boat on the lake; the lake is red and the moon is low.",
         "It is 1923, and the other  moon is not there.", "the sea the sea the night the moonlight"]
TEXTS = ["The moon is over the sea", " leading and  doubled   blanks ", "床前明月光，疑是地上霜。", "ä ö → 龘 🌙", "", "a\nb\tc",
         "moonlight nights", "夜 moon 夜", "x", "   "]

model = io.BytesIO()
sentencepiece.SentencePieceTrainer.train(
    sentence_iterator=iter(LINES * 4), model_writer=model, model_type="bpe", vocab_size=420, byte_fallback=True,
    normalization_rule_name="identity", remove_extra_whitespaces=False, add_dummy_prefix=True, character_coverage=0.98,
    hard_vocab_limit=False, minloglevel=2)
pieces = sentencepiece.SentencePieceProcessor(model_proto=model.getvalue())
ids = range(pieces.get_piece_size())


def kind(i):
    return 2 if pieces.is_unknown(i) else 3 if pieces.is_control(i) else 6 if pieces.is_byte(i) else 1


record = {
    "tokens": [pieces.id_to_piece(i) for i in ids],
    "scores": [round(pieces.get_score(i), 4) for i in ids],
    "types": [kind(i) for i in ids],
    "texts": [{"text": t, "ids": pieces.encode(t), "decoded": pieces.decode(pieces.encode(t))} for t in TEXTS],
}
path = pathlib.Path(__file__).parents[3] / "src/drivers/llama/fixtures/sentence-pieces.json"
path.write_text(json.dumps(record, ensure_ascii=False) + "\n")
print(path.stat().st_size, len(ids))
