/** Who a picture model is, for the record of a work. */
import type { ModelIdentity } from '../../../kernel/ports/token-model.ts';

export function houseIdentity(
  { name, licence }: { readonly name: string; readonly licence: string },
  digest: string,
): ModelIdentity {
  return { name, digest, engine: 'house/onnxruntime', licence, reproducible: true };
}
