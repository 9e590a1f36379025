/** ComfyUI: pictures by the artist's own workflow. */
import { readFile } from 'node:fs/promises';
import { isAbsolute, join } from 'node:path';
import { z } from 'zod';
import { canonicalJson } from '../../../core/index.ts';
import { type DriverSurroundings, engineFault, type ModelDriver } from '../../../kernel/index.ts';
import { identityOf, readCard } from '../card.ts';
import { createLine } from '../line/index.ts';
import { openComfyModel } from './picture-model.ts';
import { findInputs, INPUT_NAMES, type Inputs, parseWorkflow, type Workflow } from './workflow.ts';

/** Where ComfyUI listens unless told otherwise. */
const USUAL = 'http://127.0.0.1:8188';

const MORE = {
  /** The workflow in API format: a file beside the card, or anywhere. */
  workflow: z.string().optional(),
  file: z.string().optional(),
  inputs: z.partialRecord(z.enum(INPUT_NAMES), z.string().regex(/^[^.]+\.[^.]+$/)).optional(),
  /** The node whose picture is taken; default: the first that saved one. */
  output: z.string().optional(),
};

/** The driver `comfy`. */
export function createComfyDriver(surroundings: DriverSurroundings): ModelDriver {
  return {
    recognise: async (source) => {
      if (source.kind !== 'file' || !/^\s*\{/.test(Buffer.from(source.head.subarray(0, 64)).toString('latin1')))
        return undefined;
      const workflow = parseWorkflow(await readFile(source.path, 'utf8'));
      return workflow && { card: { baseUrl: USUAL, inputs: { ...findInputs(workflow) } as Record<string, string> } };
    },
    roles: () => ['picture'],
    identify: async (folder) => (await openParts(folder)).identity,
    createPictureModel: async (folder) => {
      const { card, ...parts } = await openParts(folder);
      return openComfyModel(createLine(surroundings, card, 'picture'), parts);
    },
  };
}

/** What a folder says; another workflow is another painter. */
async function openParts(folder: string) {
  const card = await readCard(folder, MORE);
  const workflow = await readWorkflow(card.name, folder, card.workflow ?? card.file);
  const inputs: Inputs = { ...findInputs(workflow), ...(card.inputs as Inputs | undefined) };
  const identity = identityOf(card, 'comfy', canonicalJson({ workflow, inputs, output: card.output ?? '' } as never));
  return { card, identity, workflow, inputs, output: card.output };
}

async function readWorkflow(name: string, folder: string, file: string | undefined): Promise<Workflow> {
  if (file === undefined)
    throw engineFault('broken-model', name, {
      en: "its card names no workflow; save one with 'Export (API)' and name it there",
      zh: '卡片没有写明工作流；请用“导出（API）”保存一个并写进卡片',
    });
  const path = isAbsolute(file) ? file : join(folder, file);
  const text = await readFile(path, 'utf8').catch((cause) => {
    throw engineFault('broken-model', name, { en: `${path} cannot be read`, zh: `读不到 ${path}` }, cause);
  });
  const workflow = parseWorkflow(text);
  if (workflow) return workflow;
  throw engineFault('broken-model', name, {
    en: `${path} is no workflow in API format; save it with 'Export (API)'`,
    zh: `${path} 不是 API 格式的工作流；请用“导出（API）”保存`,
  });
}
