"""Fills the masked pictures that bench/image/inpaint.ts laid out, by OpenCV's two methods, into the same folder.

    python bench/image/inpaint-baseline.py FOLDER

Needs opencv-python-headless. For every NAME.png and NAME.mask.png (white: to be filled) it writes NAME.telea.png and
NAME.navier-stokes.png; radius 3, as in OpenCV's own example.
"""

import sys
from pathlib import Path

import cv2

for path in sorted(Path(sys.argv[1]).glob("*.mask.png")):
    name = str(path)[: -len(".mask.png")]
    picture, mask = cv2.imread(f"{name}.png"), cv2.imread(str(path), cv2.IMREAD_GRAYSCALE)
    cv2.imwrite(f"{name}.telea.png", cv2.inpaint(picture, mask, 3, cv2.INPAINT_TELEA))
    cv2.imwrite(f"{name}.navier-stokes.png", cv2.inpaint(picture, mask, 3, cv2.INPAINT_NS))
