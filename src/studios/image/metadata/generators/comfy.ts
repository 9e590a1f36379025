/**
 * ComfyUI keeps its graph: `prompt` as it was run (nodes by id, links as [node, slot]) and `workflow` as it was drawn (lists of nodes and links).
 *
 *   KSampler ── positive ─▶ … ─▶ CLIPTextEncode.text      followed over at most so many nodes, never in a ring
 *            ├─ negative ─▶ …
 *            ├─ model ────▶ … ─▶ CheckpointLoader.ckpt_name
 *            └─ latent ───▶ … ─▶ EmptyLatentImage width, height
 */
import { type Generation, generationOf, type Loose, looseOf, own } from '../generation.ts';

interface GraphNode {
  readonly type: string;
  readonly inputs: Loose;
}

type Graph = ReadonlyMap<string, GraphNode>;

const MOST_NODES = 5000;

/** Reads the graph that was run. */
export function parseComfyPrompt(json: unknown): Generation | undefined {
  const nodes = Object.entries(looseOf(json) ?? {}).slice(0, MOST_NODES);
  const graph: Graph = new Map(
    nodes.flatMap(([id, node]) => {
      const [type, inputs] = [own(looseOf(node), 'class_type'), looseOf(own(looseOf(node), 'inputs'))];
      return typeof type === 'string' && inputs ? [[id, { type, inputs }] as const] : [];
    }),
  );
  return readGraph(graph);
}

/** What the fields of a node of the drawn graph are, in their order. */
const WIDGETS: Readonly<Record<string, readonly string[]>> = {
  KSampler: ['seed', '', 'steps', 'cfg', 'sampler_name', 'scheduler', 'denoise'],
  KSamplerAdvanced: ['', 'noise_seed', '', 'steps', 'cfg', 'sampler_name', 'scheduler'],
  CLIPTextEncode: ['text'],
  CheckpointLoaderSimple: ['ckpt_name'],
  UNETLoader: ['unet_name'],
  EmptyLatentImage: ['width', 'height'],
  EmptySD3LatentImage: ['width', 'height'],
};

/** Reads the graph as it was drawn, for files that have no other. */
export function parseComfyWorkflow(json: unknown): Generation | undefined {
  const whole = looseOf(json);
  const [nodes, links] = [listOf(own(whole, 'nodes')), listOf(own(whole, 'links'))];
  const sources = new Map(links.flatMap((link) => (Array.isArray(link) ? [[link[0], `${link[1]}`] as const] : [])));
  const graph: Graph = new Map(
    nodes.flatMap((given) => {
      const node = looseOf(given);
      const type = own(node, 'type');
      if (typeof type !== 'string') return [];
      const linked = listOf(own(node, 'inputs')).flatMap((input) => {
        const [name, link] = [own(looseOf(input), 'name'), own(looseOf(input), 'link')];
        const from = sources.get(link);
        return typeof name === 'string' && from !== undefined ? [[name, [from, 0]] as const] : [];
      });
      const values = listOf(own(node, 'widgets_values'));
      const set = (WIDGETS[type] ?? []).flatMap((name, i) => (name === '' ? [] : [[name, values[i]] as const]));
      return [[`${own(node, 'id')}`, { type, inputs: Object.fromEntries([...set, ...linked]) }] as const];
    }),
  );
  return readGraph(graph);
}

const listOf = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value.slice(0, MOST_NODES) : []);

function readGraph(graph: Graph): Generation | undefined {
  const samplers = [...graph.values()].filter(
    ({ inputs }) => own(inputs, 'positive') !== undefined && ('steps' in inputs || 'cfg' in inputs),
  );
  const sampler = samplers[0] ?? [...graph.values()].find(({ type }) => /sampler/i.test(type));
  if (!sampler) return undefined;
  const { inputs } = sampler;
  const find = (from: unknown, names: readonly string[]): unknown => findBehind(graph, from, names);
  const guide = own(inputs, 'guider') ?? own(inputs, 'positive');
  return generationOf('comfyui', {
    prompt: find(guide, TEXTS),
    negative: find(own(inputs, 'negative'), TEXTS),
    seed: find(own(inputs, 'seed') ?? own(inputs, 'noise_seed') ?? own(inputs, 'noise'), [
      'seed',
      'noise_seed',
      'value',
    ]),
    steps: find(own(inputs, 'steps') ?? own(inputs, 'sigmas'), ['steps', 'value']),
    cfg: find(own(inputs, 'cfg') ?? own(inputs, 'guider'), ['cfg', 'guidance', 'value']),
    sampler: find(own(inputs, 'sampler_name') ?? own(inputs, 'sampler'), ['sampler_name', 'value']),
    model: find(own(inputs, 'model') ?? own(inputs, 'guider'), ['ckpt_name', 'unet_name', 'model_name']),
    width: find(own(inputs, 'latent_image'), ['width']),
    height: find(own(inputs, 'latent_image'), ['height']),
  });
}

const TEXTS = ['text', 'text_g', 'prompt', 'string', 'value', 't5xxl', 'clip_l'];

/** A value as it stands, or the first of these names on the nodes behind a link. */
function findBehind(graph: Graph, from: unknown, names: readonly string[]): unknown {
  const queue: unknown[] = [from];
  const seen = new Set<string>();
  while (queue.length > 0 && seen.size < MOST_NODES) {
    const value = queue.shift();
    if (!Array.isArray(value)) {
      if (value === from) return value;
      continue;
    }
    const id = `${value[0]}`;
    const node = graph.get(id);
    if (!node || seen.has(id)) continue;
    seen.add(id);
    for (const name of names) {
      const found = own(node.inputs, name);
      if (typeof found === 'string' || typeof found === 'number') return found;
      if (Array.isArray(found)) queue.unshift(found);
    }
    queue.push(...Object.values(node.inputs).filter(Array.isArray));
  }
  return undefined;
}
