/** What agents use of the house: ops, works, other agents, and what a model would send away or spend. */
import type {
  ChatModel,
  Effect,
  Engine,
  Hands,
  InputWork,
  JobResult,
  JobRun,
  Measure,
  ModelCatalogue,
  ModelEntry,
  ModelRole,
  Op,
  RunRequest,
  Studio,
  ThumbnailLook,
  WorkStore,
} from '../../kernel/index.ts';
import { nearnessOf } from '../way-out/index.ts';

/** What of the open system the hands reach for. */
export interface HouseOfAgents {
  readonly works: WorkStore;
  readonly models: ModelCatalogue;
  readonly studios: readonly Studio[];
  listOps(): readonly Op[];
  run(request: RunRequest): JobRun;
  load(id: string): Promise<InputWork>;
  defaults(): Promise<Readonly<Partial<Record<ModelRole, string>>>>;
  critique(id: string): Promise<readonly Measure[]>;
  thumbnail(id: string, look?: Partial<ThumbnailLook>): Promise<Uint8Array>;
}

/** Drivers whose models never leave the machine. */
const LOCAL: ReadonlySet<string> = new Set(['house', 'llama', 'transformers', 'onnx']);

/** How ops are run for an agent. */
export interface Running {
  readonly follow?: ((run: JobRun, op: string) => Promise<JobResult>) | undefined;
  readonly within?: string | undefined;
}

export function createHands(house: HouseOfAgents, { follow, within }: Running, call: Hands['call']): Hands {
  return {
    listOps: house.listOps,
    run: async ({ op, inputs, options, seed, actor, signal }) => {
      const run = house.run({ op, inputs, options, seed, actor, signal, ...(within && { within }) });
      const { works, report } = await (follow?.(run, op) ?? run.result);
      return { works, report };
    },
    load: house.load,
    critique: house.critique,
    recent: (limit) => house.works.list({ limit }),
    effectsOf: async (name) => effectsOf(await house.models.find(name)),
    engines: (role) => enginesFor(house, role),
    describe: (state, id, signal) => describePicture(house, state, id, signal),
    wordsOf: async (id) => {
      const loaded = await house.load(id);
      const studio = house.studios.find(({ ops }) => ops.some(({ name }) => name === loaded.work.record.op));
      return (await studio?.words?.(loaded)) ?? '';
    },
    call,
  };
}

/** Models of other engines than our own that can be opened for a role. */
async function enginesFor({ models, defaults }: HouseOfAgents, role: ModelRole): Promise<readonly Engine[]> {
  const preferred = (await defaults())[role];
  const able = (await models.list()).filter(
    ({ driver, roles, enabled, fault }) => driver !== 'house' && enabled && fault === undefined && roles.includes(role),
  );
  return able
    .map(({ name, card }): Engine => {
      const { each = 0, currency = '' } = (card.prices ?? {}) as { each?: number; currency?: string };
      return { name, each, currency };
    })
    .toSorted((a, b) => Number(b.name === preferred) - Number(a.name === preferred));
}

/** A model elsewhere is sent what it reads; one with a price or behind a key may cost. */
export function effectsOf(entry: Pick<ModelEntry, 'driver' | 'card'> | undefined): readonly Effect[] {
  if (!entry || LOCAL.has(entry.driver)) return [];
  const { baseUrl, key, prices } = entry.card;
  const paid = prices !== undefined || typeof key === 'string';
  if (typeof baseUrl === 'string' && isHere(baseUrl) && !paid) return [];
  return paid ? ['send', 'spend'] : ['send'];
}

/** Whether an address is this machine itself. */
function isHere(address: string): boolean {
  try {
    const { hostname } = new URL(address);
    return (
      hostname === 'localhost' || hostname === '[::1]' || (/^127\./.test(hostname) && nearnessOf(hostname) === 'near')
    );
  } catch {
    return false;
  }
}

/** The dearer of the two prices of a token; 0 where it costs nothing or nothing is known. */
export function priceOf(entry: Pick<ModelEntry, 'card'> | undefined): number {
  const { input = 0, output = 0 } = (entry?.card.prices ?? {}) as { input?: number; output?: number };
  return Math.max(input, output) / 1e6;
}

/** Has the agent's own model say what a picture shows, where it sees. */
async function describePicture(
  house: HouseOfAgents,
  state: Parameters<Hands['describe']>[0],
  id: string,
  signal: AbortSignal,
): ReturnType<Hands['describe']> {
  const model = state.model === null || state.fellBack ? undefined : await openIfThere(house, state.model);
  if (!model?.sees) return undefined;
  const bytes = await house.thumbnail(id, { width: 512 });
  const ask =
    state.language === 'zh'
      ? '如实说出这幅画画了什么，三句以内。'
      : 'Say plainly what this picture shows, in at most three sentences.';
  const parts = [{ kind: 'picture', bytes, mime: 'image/webp' } as const, { kind: 'text', text: ask } as const];
  const { text, usage } = await model.reply({
    messages: [{ role: 'user', parts }],
    maxTokens: 300,
    temperature: 0,
    signal,
  });
  return { text, tokens: usage.input + usage.output, money: usage.cost?.amount ?? 0 };
}

/** A model that is spoken to; undefined where it is gone or off. */
export async function openIfThere(
  { models }: Pick<HouseOfAgents, 'models'>,
  name: string,
): Promise<ChatModel | undefined> {
  const entry = await models.find(name);
  return entry && entry.fault === undefined ? models.openChatModel(name) : undefined;
}
