"""Records what the gguf package reads out of blocks, for src/training/export/gguf.test.ts.

    python recipes/pytorch/reference/record-gguf.py   (needs: pip install gguf numpy)

Bytes follow a formula that the test knows; the 16-bit scales within them are set to small numbers.
"""
import json
import pathlib

import numpy as np
from gguf import GGMLQuantizationType as T
from gguf import quants

# kind: (bytes of a block, places of its 16-bit scales)
KINDS = {
    T.Q8_0: (34, [0]),
    T.Q4_0: (18, [0]),
    T.Q4_K: (144, [0, 2]),
    T.Q6_K: (210, [208]),
}
BLOCKS = 2


def block_bytes(size, scales):
    data = np.array([(i * 37 + 11 * (i // 7) + 5) % 256 for i in range(size * BLOCKS)], dtype=np.uint8)
    for block in range(BLOCKS):
        for k, place in enumerate(scales):
            value = np.array([0.01 * (block + 1) * (k + 1)], dtype=np.float16)
            at = block * size + place
            data[at : at + 2] = value.view(np.uint8)
    return data.reshape(1, -1)


wave = np.array([np.sin(0.37 * i) * (1 + i % 5) for i in range(64)], dtype=np.float32)
record = {
    "unpacked": {
        kind.name: [float(x) for x in quants.dequantize(block_bytes(size, scales), kind).flatten()]
        for kind, (size, scales) in KINDS.items()
    },
    "packedQ8_0": [int(x) for x in quants.quantize(wave, T.Q8_0).flatten()],
}
path = pathlib.Path(__file__).parents[3] / "src/training/export/gguf-reference.json"
path.write_text(json.dumps(record) + "\n")
print(f"{path}: {path.stat().st_size} bytes")
