"""Records similarities of pictures as scikit-image computes them.

    python recipes/pytorch/reference/pictures.py > src/training/evaluation/pictures/reference.json

Needs numpy and scikit-image. The pictures are formulas, which the test repeats.
"""

import json

import numpy as np
from skimage.metrics import mean_squared_error, peak_signal_noise_ratio, structural_similarity


def picture(channels, height, width, phase):
    i = np.arange(channels * height * width, dtype=np.float64)
    values = 0.7 * np.sin(0.37 * i + phase) + 0.3 * np.cos(0.011 * i * (1 + phase))
    return values.astype(np.float32).astype(np.float64).reshape(channels, height, width)


cases = []
for channels, height, width, blend in [(1, 16, 16, 0.1), (3, 32, 24, 0.5), (1, 11, 40, 0.9), (3, 13, 29, 0.0)]:
    a = picture(channels, height, width, 0.2)
    b = ((1 - blend) * a + blend * picture(channels, height, width, 1.3)).astype(np.float32).astype(np.float64)
    score = structural_similarity(
        a, b, channel_axis=0, data_range=2.0, gaussian_weights=True, sigma=1.5, use_sample_covariance=False
    )
    mse = mean_squared_error(a, b)
    psnr = peak_signal_noise_ratio(a, b, data_range=2.0) if mse > 0 else None
    cases.append(
        {"channels": channels, "height": height, "width": width, "blend": blend, "ssim": score, "mse": mse, "psnr": psnr}
    )
print(json.dumps(cases, indent=1))
