/**
 * A workflow of the artist's own, saved by ComfyUI in its API format: nodes by number, each with inputs that are values or links
 * `[node, output]`. Named inputs say which of them take the words, the seed, the size and the picture; where the card names none they
 * are found from the sampler on.
 */
import { z } from 'zod';
import { engineFault } from '../../../kernel/index.ts';

const NODE = z.looseObject({ class_type: z.string(), inputs: z.record(z.string(), z.unknown()) });

const WORKFLOW = z.record(z.string(), NODE);

export type Workflow = z.infer<typeof WORKFLOW>;

/** What a workflow can be told, and by which input of which node: `6.text`. */
export const INPUT_NAMES = [
  'prompt',
  'negative',
  'seed',
  'width',
  'height',
  'image',
  'mask',
  'steps',
  'guidance',
  'strength',
  'sampler',
] as const;

export type InputName = (typeof INPUT_NAMES)[number];

export type Inputs = Readonly<Partial<Record<InputName, string>>>;

/** Reads one; undefined where the text is none. */
export function parseWorkflow(text: string): Workflow | undefined {
  try {
    const found = WORKFLOW.safeParse(JSON.parse(text));
    return found.success && Object.keys(found.data).length > 0 ? found.data : undefined;
  } catch {
    return undefined;
  }
}

/** Names of inputs found from the first sampler on. */
export function findInputs(workflow: Workflow): Inputs {
  const [id, sampler] =
    Object.entries(workflow).find(([, { inputs }]) => 'positive' in inputs && 'negative' in inputs) ?? [];
  if (id === undefined || !sampler) return {};
  const own = (...names: readonly string[]): string | undefined => {
    const name = names.find((one) => one in sampler.inputs && !isLink(sampler.inputs[one]));
    return name === undefined ? undefined : `${id}.${name}`;
  };
  const latent = follow(workflow, sampler.inputs.latent_image);
  const sized = latent !== undefined && 'width' in workflow[latent]!.inputs;
  const image = Object.entries(workflow).find(([, node]) => node.class_type === 'LoadImage')?.[0];
  return defined({
    prompt: textOf(workflow, sampler.inputs.positive),
    negative: textOf(workflow, sampler.inputs.negative),
    seed: own('seed', 'noise_seed'),
    steps: own('steps'),
    guidance: own('cfg'),
    strength: own('denoise'),
    sampler: own('sampler_name'),
    width: sized ? `${latent}.width` : undefined,
    height: sized ? `${latent}.height` : undefined,
    image: image === undefined ? undefined : `${image}.image`,
  });
}

/** The text that a link leads to, through nodes that only pass it on. */
function textOf(workflow: Workflow, link: unknown): string | undefined {
  for (let id = follow(workflow, link), depth = 0; id !== undefined && depth < 8; depth++) {
    const { inputs } = workflow[id]!;
    if (typeof inputs.text === 'string') return `${id}.text`;
    id = follow(workflow, inputs.conditioning ?? inputs.positive ?? inputs.text);
  }
  return undefined;
}

function follow(workflow: Workflow, link: unknown): string | undefined {
  const id = isLink(link) ? String(link[0]) : undefined;
  return id !== undefined && Object.hasOwn(workflow, id) ? id : undefined;
}

function isLink(value: unknown): value is readonly [string | number, number] {
  return Array.isArray(value) && value.length === 2 && typeof value[1] === 'number';
}

function defined(inputs: Partial<Record<InputName, string | undefined>>): Inputs {
  return Object.fromEntries(Object.entries(inputs).filter(([, value]) => value !== undefined));
}

/** The value that an input has. */
export function readInput(workflow: Workflow, at: string | undefined): unknown {
  const [id = '', name = ''] = at?.split('.') ?? [];
  return workflow[id]?.inputs[name];
}

/** The workflow with its named inputs set. Throws `engine/broken-model` where a name leads nowhere. */
export function fillIn(
  model: string,
  workflow: Workflow,
  inputs: Inputs,
  values: Readonly<Partial<Record<InputName, string | number>>>,
): Workflow {
  const filled = structuredClone(workflow);
  for (const [name, value] of Object.entries(values)) {
    const at = inputs[name as InputName];
    if (at === undefined) continue;
    const [id = '', input = ''] = at.split('.');
    const node = filled[id];
    if (!node || !Object.hasOwn(node.inputs, input)) throw noInput(model, name, at);
    node.inputs[input] = value;
  }
  return filled;
}

function noInput(model: string, name: string, at: string): Error {
  return engineFault('broken-model', model, {
    en: `its card says that '${name}' is ${at}, and the workflow has no such input`,
    zh: `卡片说“${name}”是 ${at}，但工作流里没有这个输入`,
  });
}
