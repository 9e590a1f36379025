/**
 * Agents of the open house: born from a wish, run by a loop, led by the artist.
 *
 *   wish ─▶ kept ─▶ loop (this process, or a worker of the desk) ─▶ works
 *             ▲ pause, plan, answer, grant, take over: the artist, from any process
 */
import { actOfTalk, findRole, promptMarkOf, promptOf, ROLES, rulesMind, toolboxOf } from '../../agents/index.ts';
import { OsError } from '../../core/index.ts';
import {
  type AgentControl,
  type AgentState,
  type AgentStore,
  type AgentWish,
  bornAgent,
  controlAgent,
  engineFault,
  getAgent,
  type JobResult,
  type JobRun,
  type Kernel,
  type LoopParts,
  type Mind,
  type ModelEntry,
  modelMind,
  type PromptMark,
  runAgent,
  tellWork,
} from '../../kernel/index.ts';
import { createHands, effectsOf, type HouseOfAgents, openIfThere, priceOf } from './hands.ts';

/** How a run is stopped and heard. */
export interface AgentRun {
  readonly signal?: AbortSignal | undefined;
  /** Told of every thought and every step, of agents below too. */
  readonly onState?: ((state: AgentState) => void) | undefined;
  /** Waits for the end of an op that an agent runs; default: nobody hears what happens in it. */
  readonly follow?: ((run: JobRun, op: string) => Promise<JobResult>) | undefined;
  /** How the jobs of its ops begin. */
  readonly within?: string | undefined;
}

/** What of the kernel agents stand on. */
export interface AgentKernel extends Pick<Kernel, 'clock' | 'ids'> {
  readonly storage: Pick<Kernel['storage'], 'agents'>;
}

export interface Agents {
  /** Keeps a new agent, which does nothing yet. Throws `agent/no-such-role`, `host/empty-brief`, `host/model-missing`. */
  create(wish: AgentWish): Promise<AgentState>;
  /** Runs it until it ends or needs the artist. Throws `agent/missing`, `agent/elsewhere`, `core/cancelled`, and what its model throws. */
  run(id: string, run?: AgentRun): Promise<AgentState>;
  /** The artist's hand on it. Throws `agent/missing`, `agent/not-now`. */
  control(id: string, control: AgentControl): Promise<AgentState>;
  /** By its id, or the beginning of it. Throws `agent/missing`. */
  get(id: string): Promise<AgentState>;
  /** The prompt of a role as its file is now. */
  promptOf(role: string): PromptMark | undefined;
  /** Newest first, without those that other agents called. */
  list(limit?: number): Promise<readonly AgentState[]>;
  /** Those that an agent called, newest first. */
  below(id: string): Promise<readonly AgentState[]>;
}

/** `house` is asked when the first agent runs: the agents are a part of it. */
export function createAgents(kernel: AgentKernel, house: () => HouseOfAgents): Agents {
  const { clock, ids } = kernel;
  const store = kernel.storage.agents;
  const at = (): string => new Date(clock.now()).toISOString();
  const keep = (wish: AgentWish, name: string): Promise<AgentState> => {
    const prompt = promptMarkOf(wish.role);
    const state = { ...bornAgent(wish, name, { seed: ids.seed(), at: at() }), ...(prompt && { prompt }) };
    const { id, role, brief, model } = state;
    const facts = {
      agent: id,
      role,
      brief,
      model,
      ...(prompt && { prompt: { ...prompt } }),
      ...(state.parent && { parent: state.parent }),
    };
    return store.add({ state, ledger: [{ actor: state.parent ? role : 'artist', act: 'called-agent', facts }] });
  };
  const partsFor = (how: AgentRun): LoopParts => ({
    ...{ store, clock },
    mindOf: (state) => mindOf(house(), state),
    promptOf: ({ role }) => promptMarkOf(role),
    toolsOf: async (state) => toolboxOf(handsFor(how), state),
    ...(how.onState && { onState: how.onState }),
  });
  const handsFor = (how: AgentRun) =>
    createHands(house(), how, async (wish, name, signal) => {
      const { id } = await keep(wish, name);
      return runAgent(partsFor(how), id, signal);
    });
  const run: Agents['run'] = async (name, how = {}) => {
    const { signal = new AbortController().signal } = how;
    const { id } = await find(name);
    if (!(await store.claim(id))) throw elsewhere(id);
    try {
      return await runAgent(partsFor(how), id, signal);
    } finally {
      await store.release(id);
    }
  };
  const find = async (name: string): Promise<AgentState> => {
    const all = name.length < 16 ? await store.list({ limit: 1000 }) : [];
    const beginning = name === 'last' ? all : all.filter(({ id }) => id.startsWith(name));
    return name === 'last' || beginning.length === 1 ? (beginning[0] ?? getAgent(store, name)) : getAgent(store, name);
  };
  return {
    create: async (wish) => {
      await check(house(), wish);
      return keep(wish, ids.next());
    },
    run,
    control: async (name, control) => lead(store, (await find(name)).id, control),
    get: find,
    promptOf: promptMarkOf,
    list: (limit = 50) => store.list({ limit }),
    below: (id) => store.list({ limit: 100, parent: id }),
  };
}

/** Pausing and going on reach those below, so that an agent stands still within one step of whoever works for it. */
async function lead(store: AgentStore, id: string, control: AgentControl): Promise<AgentState> {
  const led = await controlAgent(store, id, control);
  const from = { pause: 'ready', resume: 'paused' }[control.do as string];
  const below = from === undefined ? [] : await store.list({ limit: 100, parent: id });
  for (const { phase, id: other } of below) if (phase === from) await controlAgent(store, other, control);
  return led;
}

/** The mind of an agent as it stands: its model where that is at hand, else the rules of its role. */
async function mindOf(house: HouseOfAgents, state: AgentState): Promise<Mind> {
  const rules = rulesMind(house);
  if (state.model === null || state.fellBack) return rules;
  const entry = await house.models.find(state.model);
  const model = await openIfThere(house, state.model);
  if (!model) return rules;
  return modelMind({
    ...{ model, rules, name: state.model, prompt: promptOf(state), mark: promptMarkOf(state.role) },
    effects: effectsOf(entry),
    price: priceOf(entry),
    actOfText: actOfTalk,
    works: ({ works }) => Promise.all(works.map(async (id, i) => tellWork((await house.load(id)).work, `w${i + 1}`))),
  });
}

async function check(house: HouseOfAgents, { role, brief, model, models = {}, works = [] }: AgentWish): Promise<void> {
  if (!findRole(role)) throw noSuchRole(role);
  if (brief.trim() === '') throw emptyBrief();
  for (const name of [model, ...Object.values(models)]) if (name != null) refuseSilent(await house.models.get(name));
  for (const other of Object.keys(models)) if (!findRole(other)) throw noSuchRole(other);
  for (const id of works) await house.works.get(id);
}

/** An agent thinks by being spoken to. */
function refuseSilent({ name, roles }: ModelEntry): void {
  if (!roles.includes('chat')) throw engineFault('cannot', name, `${roles.join(', ') || '–'} ≠ chat`);
}

function emptyBrief(): OsError {
  return new OsError({
    kind: 'input',
    code: 'host/empty-brief',
    message: 'The brief is empty.',
    hint: 'Say in a sentence what the agent shall make.',
    zh: { message: '没有写创作要求。', hint: '请用一句话说明要智能体做什么。' },
  });
}

function noSuchRole(role: string): OsError {
  const en = ROLES.map(({ name }) => name).join(', ');
  const zh = ROLES.map(({ name, title }) => `${name}（${title.zh}）`).join('、');
  return new OsError({
    kind: 'input',
    code: 'agent/no-such-role',
    message: `There is no role '${role.slice(0, 40)}'.`,
    hint: `Roles: ${en}.`,
    zh: { message: `没有“${role.slice(0, 40)}”这个角色。`, hint: `可用角色：${zh}。` },
  });
}

function elsewhere(id: string): OsError {
  return new OsError({
    kind: 'conflict',
    code: 'agent/elsewhere',
    message: `Agent ${id} is being run by another process.`,
    hint: 'Follow it there, or pause it: llmagentos agent pause.',
    zh: { message: `智能体 ${id} 正由另一个进程运行。`, hint: '请在那里查看，或用 llmagentos agent pause 暂停它。' },
  });
}
