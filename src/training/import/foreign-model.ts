/** What the readers of foreign files hand on, and how they refuse. */
import type { Model } from '../model/model-folder.ts';
import { refusal } from '../refusal.ts';

/** A network with its tokeniser, and what its file says of its licence. */
export type ForeignModel = Omit<Model, 'card'> & { readonly claimedLicence?: string };

/** The error of a model that cannot be brought in. */
export function refused(kind: 'input' | 'missing', source: string, en: string, zh: string): Error {
  return refusal(
    kind,
    'training/import-refused',
    { en: `'${source}' cannot be brought in: ${en}.`, zh: `“${source}”无法导入：${zh}。` },
    {
      en: 'Bring a Hugging Face folder with safetensors, a GGUF file, or an ONNX file with its manifest (docs/custom-models.md).',
      zh: '请提供带 safetensors 的 Hugging Face 文件夹、GGUF 文件，或带清单的 ONNX 文件（见 docs/custom-models.md）。',
    },
  );
}
