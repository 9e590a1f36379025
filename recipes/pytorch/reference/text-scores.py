"""Records BLEU, chrF and chrF++ as sacreBLEU computes them.

    python recipes/pytorch/reference/text-scores.py > src/training/evaluation/text/reference.json

Needs sacrebleu 2.6. The first two sets are the examples of sacreBLEU's README and of the BLEU paper.
"""

import itertools
import json
import random

from sacrebleu.metrics import BLEU, CHRF

README = {
    "name": "sacreBLEU README",
    "lines": ["The dog bit the man.", "It wasn't surprising.", "The man had just bitten him."],
    "references": [
        ["The dog bit the man.", "The dog had bit the man."],
        ["It was not unexpected.", "No one was surprised."],
        ["The man bit him first.", "The man had bitten the dog."],
    ],
}
PAPINENI = {
    "name": "Papineni and others (2002), example 1",
    "lines": [
        "It is a guide to action which ensures that the military always obeys the commands of the party.",
        "It is to insure the troops forever hearing the activity guidebook that party direct.",
    ],
    "references": [
        [
            "It is a guide to action that ensures that the military will forever heed Party commands.",
            "It is the guiding principle which guarantees the military forces always being under the command of the Party.",
            "It is the practical guide for the army always to heed the directions of the party.",
        ]
    ]
    * 2,
}
SETS = [
    README,
    PAPINENI,
    {
        "name": "short and equal",
        "lines": ["this is a fest", "aaaa bbbb cccc dddd", "Wie geht es dir ?"],
        "references": [["this is a test"], ["aaaa bbbb cccc dddd"], ["Wie geht es Ihnen ?"]],
    },
    {
        "name": "Chinese",
        "lines": ["我喜欢在月光下散步。", "春天来了，花都开了！", "他住在北京3.5年了（大概）。", "　全角　空格２０２６年", "𠮷野家的牛丼很好吃"],
        "references": [
            ["我爱在月光下散步。", "我喜欢月下漫步。"],
            ["春天到了，花全开了。", "春来花开！"],
            ["他在北京住了大约3.5年。", "他已经在北京住了三年半。"],
            ["全角空格2026年", "全角 空格 ２０２６ 年"],
            ["吉野家的牛肉饭很好吃", "𠮷野家牛丼真好吃"],
        ],
    },
    {
        "name": "punctuation, numbers, entities, white space",
        "lines": [
            "&quot;Hello&quot; &amp; goodbye, <skipped>he said -- 1,234.56 times...",
            "re-\nsumed   the\u00a0line\u2003here\u3000now ",
            "U.S.A.-based (co-)founder: $5.00/€4,50 [sic] 50%—off!",
            "\u201cCurly\u201d \u2018quotes\u2019 \u2026 and ÀÉÎ straße İstanbul",
            "2026-11-22 10:30 a.m., e-mail@host.org #tag ~tilde^ {x}|y`z`",
        ],
        "references": [
            ["\"Hello\" & goodbye, he said - 1,234.56 times.", "'Hello' and goodbye, she said 1234.56 times ..."],
            ["resumed the line here now", "re- sumed the line here , now"],
            ["US-based cofounder: $5.00 / €4.50 [sic] 50 % off", "U.S.A. based co-founder : $ 5.00 / € 4,50"],
            ["\"Curly\" 'quotes' ... and àéî strasse istanbul", "\u201cCurly\u201d \u2018quotes\u2019 \u2026 and ÀÉÎ STRASSE"],
            ["2026-11-22 at 10:30 am, email@host.org #tag", "22-11-2026 10.30 a.m. e-mail@host.org ~tilde {x} y z"],
        ],
    },
    {
        "name": "nothing matches, empty and tiny lines",
        "lines": ["xyzzy", "", "a", "the the the the the the the"],
        "references": [["plugh plover"], ["something"], ["a"], ["the cat is on the mat"]],
    },
    {
        "name": "only mismatches",
        "lines": ["alpha beta gamma delta", "one two"],
        "references": [["red green blue yellow"], ["three four"]],
    },
]


def made_up(seed, chinese):
    """Random walks through a small vocabulary, so that matches of every order occur."""
    rng = random.Random(seed)
    words = list("春江花月夜山水云风雪人来去不见，。") if chinese else "the a cat dog saw on mat , . 12 big and ran".split()
    join = "" if chinese else " "
    make = lambda: [rng.choice(words) for _ in range(rng.randint(3, 14))]
    lines, references = [], []
    for _ in range(8):
        reference = make()
        vary = lambda: [rng.choice(words) if rng.random() < 0.25 else w for w in reference]
        lines.append(join.join(vary()))
        references.append([join.join(reference), join.join(vary())])
    return {"name": f"made up {seed}", "lines": lines, "references": references}


SETS += [made_up(seed, seed % 2 == 0) for seed in range(6)]


def transpose(references):
    most = max(len(r) for r in references)
    return [[r[k] if k < len(r) else None for r in references] for k in range(most)]


def bleu_cases(item):
    settings = itertools.chain(
        [dict(tokenize=t, smooth=s) for t in ("13a", "zh", "char", "intl", "none") for s in ("exp", "none")],
        [dict(smooth="floor"), dict(smooth="floor", smoothValue=0.01), dict(smooth="add-k"), dict(smooth="add-k", smoothValue=2)],
        [dict(lowercase=True), dict(effectiveOrder=True), dict(effectiveOrder=True, smooth="floor"), dict(order=2)],
    )
    for options in settings:
        metric = BLEU(
            tokenize=options.get("tokenize", "13a"),
            smooth_method=options.get("smooth", "exp"),
            smooth_value=options.get("smoothValue"),
            lowercase=options.get("lowercase", False),
            effective_order=options.get("effectiveOrder", False),
            max_ngram_order=options.get("order", 4),
        )
        score = metric.corpus_score(item["lines"], transpose(item["references"]))
        sentence = BLEU(
            tokenize=options.get("tokenize", "13a"),
            smooth_method=options.get("smooth", "exp"),
            smooth_value=options.get("smoothValue"),
            lowercase=options.get("lowercase", False),
            effective_order=True,
            max_ngram_order=options.get("order", 4),
        )
        yield {
            "options": options,
            "score": score.score,
            "brevityPenalty": score.bp,
            "precisions": score.precisions,
            "words": score.sys_len,
            "referenceWords": score.ref_len,
            "signature": str(metric.get_signature()),
            "sentences": [sentence.sentence_score(l, r).score for l, r in zip(item["lines"], item["references"])],
        }


def chrf_cases(item):
    settings = [{}, dict(words=2), dict(words=1), dict(lowercase=True), dict(whitespace=True, words=2), dict(characters=3, beta=1)]
    settings += [dict(epsSmoothing=True), dict(epsSmoothing=True, words=2)]
    for options in settings:
        metric = CHRF(
            char_order=options.get("characters", 6),
            word_order=options.get("words", 0),
            beta=options.get("beta", 2),
            lowercase=options.get("lowercase", False),
            whitespace=options.get("whitespace", False),
            eps_smoothing=options.get("epsSmoothing", False),
        )
        yield {
            "options": options,
            "score": metric.corpus_score(item["lines"], transpose(item["references"])).score,
            "signature": str(metric.get_signature()),
            "sentences": [metric.sentence_score(l, r).score for l, r in zip(item["lines"], item["references"])],
        }


out = [{**item, "bleu": list(bleu_cases(item)), "chrf": list(chrf_cases(item))} for item in SETS]
print(json.dumps(out, ensure_ascii=False, separators=(",", ":")))
