"""The PyTorch side of bench/training-step-vision.ts: the same U-Net, fp32, fused AdamW.

    python training-step-vision-torch.py BATCH THREADS NETWORK-JSON

Prints its version, then for every line read does one step and prints its seconds and its seconds of processor time.
"""

import json
import pathlib
import sys
import time

import torch

sys.path.insert(0, str(pathlib.Path(__file__).parent.parent / "recipes" / "pytorch"))
from unet import Unet  # noqa: E402

BATCH, THREADS, NETWORK = int(sys.argv[1]), int(sys.argv[2]), json.loads(sys.argv[3])
torch.set_num_threads(THREADS)
torch.manual_seed(1)
model = Unet(picture=dict(channels=3, height=32, width=32), network=NETWORK)
optimizer = torch.optim.AdamW(model.parameters(), 1e-3, betas=(0.9, 0.99), weight_decay=0.01, fused=True)
noisy, when, target = torch.randn(BATCH, 3, 32, 32), torch.rand(BATCH), torch.randn(BATCH, 3, 32, 32)
print(torch.__version__, flush=True)
for _ in sys.stdin:
    began, used = time.perf_counter(), time.process_time()
    loss = ((model(noisy, when) - target) ** 2).mean()
    loss.backward()
    torch.nn.utils.clip_grad_norm_(model.parameters(), 1.0)
    optimizer.step()
    optimizer.zero_grad(set_to_none=True)
    loss.item()
    print(time.perf_counter() - began, time.process_time() - used, flush=True)
