/** Lengths of sounds: what no model can make is refused before any engine is asked. */
import { engineFault } from './engine-faults.ts';

/** Throws `engine/cannot` where a length is not a whole number of steps above 0. */
export function checkSoundLength(
  { name, step }: { readonly name: string; readonly step: number },
  length: number,
): void {
  if (Number.isSafeInteger(length) && length > 0 && length % step === 0) return;
  throw engineFault('cannot', name, {
    en: `it makes sounds of ${step === 1 ? 'whole numbers of samples' : `multiples of ${step} samples`} above 0, not ${length}`,
    zh: `声音长度须是 ${step} 个采样的正整数倍，而不是 ${length}`,
  });
}
