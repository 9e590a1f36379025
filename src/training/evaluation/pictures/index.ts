export { type Diversity, diversity } from './diversity.ts';
export { logSpectralDistance, type SpectralOptions } from './log-spectral-distance.ts';
export { type Copying, measureCopying, type Nearest, nearest } from './nearest.ts';
export { type SlicedWasserstein, type SlicedWassersteinOptions, slicedWasserstein } from './sliced-wasserstein.ts';
export { meanSquaredError, psnr } from './squared-error.ts';
export { ssim } from './ssim.ts';
