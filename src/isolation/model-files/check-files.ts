/** Checks whole files of a model: what is safe to hand to a native loader, and what never is. */
import { statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { engineFault } from '../../kernel/index.ts';
import { openFileView } from './file-view.ts';
import { type OnnxHeader, readOnnxHeader } from './onnx-header.ts';
import { readSafetensorsHeader, type SafetensorsHeader } from './safetensors-header.ts';

/** Walks an ONNX file and the files of weights beside it. Throws `engine/broken-model`. */
export function checkOnnxFile(path: string, model: string): OnnxHeader {
  using view = openFileView(path, model);
  const header = readOnnxHeader(view);
  for (const [location, reach] of header.external) {
    const size = statSync(join(dirname(path), location), { throwIfNoEntry: false })?.size ?? -1;
    if (size < reach) {
      throw view.broken({ en: `${location} beside it is missing or too short`, zh: `旁边的 ${location} 缺失或过短` });
    }
  }
  return header;
}

/** Reads the head of a safetensors file. Throws `engine/broken-model`. */
export function checkSafetensorsFile(path: string, model: string): SafetensorsHeader {
  using view = openFileView(path, model);
  return readSafetensorsHeader(view);
}

/** Files that run code when they are opened. */
const PICKLES = /\.(bin|pt|pth|ckpt|pkl|pickle)$/i;

/**
 * Whether a folder has weights that may be opened. Throws `engine/broken-model` where it has pickles alone: opening a pickle
 * runs whatever code it holds.
 */
export function refusePickles(files: readonly string[], model: string): void {
  if (files.some((file) => /\.(onnx|safetensors|gguf)$/i.test(file))) return;
  const pickle = files.find((file) => PICKLES.test(file));
  if (pickle === undefined) return;
  throw engineFault('broken-model', model, {
    en: `${pickle} is a Python pickle, and opening one runs whatever code it holds; look for the same model as .safetensors or .onnx`,
    zh: `${pickle} 是 Python pickle 文件，一打开就会运行其中的任意代码；请寻找同一模型的 .safetensors 或 .onnx 版本`,
  });
}
