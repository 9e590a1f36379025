/**
 * LoRA adapters in GGUF files: small pairs of matrices that llama.cpp adds to those of a model. Their heads are walked by our own
 * reader before the runtime sees them, and what is no adapter, or one for another kind of model, is refused by name.
 *
 *   general.type = adapter │ adapter.type = lora │ general.architecture = the model's │ adapter.lora.alpha
 */
import { engineFault } from '../../kernel/index.ts';
import { architectureOf } from './embedder.ts';
import { BadHead, type GgufHead, readGgufHead } from './gguf-head.ts';

/** Whether a file holds an adapter, and no model of its own. */
export const isAdapter = ({ facts }: GgufHead): boolean => facts.get('general.type') === 'adapter';

/** Throws `engine/broken-model` where the file at `path` cannot be laid over the model `name`. */
export function checkAdapter(name: string, path: string, model: GgufHead): void {
  const head = walk(name, path);
  if (!isAdapter(head) || head.facts.get('adapter.type') !== 'lora') {
    throw engineFault('broken-model', name, {
      en: `${path} is no LoRA adapter`,
      zh: `${path} 不是 LoRA 适配器`,
    });
  }
  if (typeof head.facts.get('adapter.lora.alpha') !== 'number') {
    throw engineFault('broken-model', name, {
      en: `${path} does not say how strong it is (adapter.lora.alpha)`,
      zh: `${path} 没有写明强度（adapter.lora.alpha）`,
    });
  }
  const [theirs, ours] = [architectureOf(head), architectureOf(model)];
  if (theirs !== ours) {
    throw engineFault('broken-model', name, {
      en: `${path} is an adapter for models of the kind ${theirs}, this one is ${ours}`,
      zh: `${path} 是 ${theirs} 类模型的适配器，而这是 ${ours} 类`,
    });
  }
}

function walk(name: string, path: string): GgufHead {
  try {
    return readGgufHead(path);
  } catch (error) {
    const said = (error as Error).message;
    throw engineFault('broken-model', name, error instanceof BadHead ? said : `${path}: ${said}`, error);
  }
}
