/**
 * The loop of an agent: think, keep the thought, act, look, keep the step.
 *
 *   bounds ─▶ think ─▶ kept: pending + ledger ─▶ may it? ─▶ act ─▶ kept: step + ledger ─▶ again
 *                ▲ a process that died goes on here │ no ─▶ the artist is asked
 *
 * Whatever is killed, the next loop reads the same state: a pending thought is acted on, not thought anew, and its act leads to
 * the same works, because seed and options are the same and works are committed once. The loop knows neither art nor models.
 */
import { cancelled, type Json, type OsError, toOsError } from '../../core/index.ts';
import { withoutWayOut } from '../job-context.ts';
import type { AgentStore } from '../ports/agent-store.ts';
import type { Clock } from '../ports/clock.ts';
import type { LedgerDraft } from '../ports/ledger.ts';
import { boundReached, notGranted, withTaint, withUse } from './bounds.ts';
import { promptRenewed } from './prompt-mark.ts';
import { nameOf, seedOfStep } from './state.ts';
import type { Mind, Tool, Toolbox, ToolResult } from './tool.ts';
import type { AgentState, AgentStep, AgentThought, Effect, PromptMark } from './types.ts';
import { words } from './words.ts';

/** What the loop stands on. */
export interface LoopParts {
  readonly store: AgentStore;
  readonly clock: Clock;
  /** What thinks for an agent as it stands. */
  mindOf(state: AgentState): Promise<Mind>;
  toolsOf(state: AgentState): Promise<Toolbox>;
  /** The prompt of an agent's role as it is now; absent: roles without prompts. */
  promptOf?(state: AgentState): PromptMark | undefined;
  /** Told of every thought and every step that was kept. */
  onState?(state: AgentState): void;
}

/** Steps in a row that may fail before it is given up. */
const PATIENCE = 4;

/**
 * Runs an agent until it is done or needs the artist; answers its state then. Throws `core/cancelled` on the signal: the
 * agent stays as it stands, and another loop goes on with it.
 */
export async function runAgent(parts: LoopParts, id: string, signal: AbortSignal): Promise<AgentState> {
  let state = await renewPrompt(parts, await settle(parts, id));
  while (state.phase === 'ready') {
    if (signal.aborted) throw cancelled(signal.reason);
    const pending = state.pending ?? (await think(parts, state, signal));
    const now = await read(parts, id);
    if (pending) parts.onState?.(now);
    state = pending ? await act(parts, now, pending, signal) : now;
    parts.onState?.(state);
  }
  return state;
}

async function read({ store }: LoopParts, id: string): Promise<AgentState> {
  return (await store.find(id))!;
}

/** A thought that died with its process is counted as had: no number of crashes outspends the budget. */
async function settle(parts: LoopParts, id: string): Promise<AgentState> {
  const before = await read(parts, id);
  if (!before.reserved) return before;
  return change(parts, id, ({ reserved, ...state }) => ({ state: withUse(state, reserved ?? {}) }));
}

/** What was changed while it lay still is said before its next thought. */
async function renewPrompt(parts: LoopParts, state: AgentState): Promise<AgentState> {
  const mark = parts.promptOf?.(state);
  if (state.phase !== 'ready' || promptRenewed(state, mark) === undefined) return state;
  return (await parts.store.change(state.id, (now) => promptRenewed(now, mark) ?? { state: now }))!;
}

async function change(
  { store }: LoopParts,
  id: string,
  how: (state: AgentState) => { state: AgentState; ledger?: LedgerDraft[] },
): Promise<AgentState> {
  return (await store.change(id, how))!;
}

/** Has a thought and keeps it; undefined where a bound or a grant stands before it. */
async function think(parts: LoopParts, state: AgentState, signal: AbortSignal): Promise<AgentThought | undefined> {
  const { id } = state;
  const reached = boundReached(state);
  if (reached) return stop(parts, id, reached);
  const mind = await parts.mindOf(state);
  const missing = notGranted(state, mind.effects);
  if (missing.length > 0) return askGrant(parts, state, missing, words(state.language).think);
  const tools = await parts.toolsOf(state);
  const reserved = await mind.estimate(state, tools);
  const beyond = boundReached(state, reserved);
  if (beyond) return stop(parts, id, beyond);
  if (reserved.tokens > 0) await change(parts, id, (now) => ({ state: { ...now, reserved } }));
  const began = parts.clock.now();
  try {
    const had = await mind.think(state, { tools, seed: seedOfStep(state), signal });
    const used = { tokens: had.tokens, money: had.money, seconds: secondsSince(parts, began) };
    await change(parts, id, ({ reserved: _, ...now }) => ({
      state: withUse({ ...now, pending: had.thought, ...(had.fellBack && { fellBack: true }) }, used),
      ledger: [draft(now, 'thought', { ...had.thought })],
    }));
    return had.thought;
  } catch (thrown) {
    const error = toOsError(thrown);
    await change(parts, id, ({ reserved: held, ...now }) => ({
      state: error.kind === 'cancelled' ? withUse(now, held ?? {}) : failed(withUse(now, held ?? {}), error.message),
      ...(error.kind === 'cancelled' ? {} : { ledger: [draft(now, 'failed', { code: error.code })] }),
    }));
    throw error;
  }
}

async function act(
  parts: LoopParts,
  state: AgentState,
  thought: AgentThought,
  signal: AbortSignal,
): Promise<AgentState> {
  // The artist may have stopped it between thought and act: the thought waits.
  if (state.phase !== 'ready') return state;
  if (thought.act.kind !== 'use') return change(parts, state.id, (now) => decided(now, thought));
  const { tool: name, input } = thought.act;
  const tool = (await parts.toolsOf(state)).get(name);
  const say = words(state.language);
  if (!tool) return keepStep(parts, state, thought, { seen: say.noTool(name) }, { failed: 'agent/no-such-tool' });
  const began = parts.clock.now();
  try {
    const missing = notGranted(state, (await tool.effects?.(input, state)) ?? []);
    if (missing.length > 0) {
      await askGrant(parts, state, missing, `${name} ${shorten(input)}`);
      return read(parts, state.id);
    }
    const run = (): ReturnType<typeof tool.run> => tool.run(input, { state, seed: seedOfStep(state), signal });
    // What a tool says of its effects is its word; the way out is held shut besides.
    const result = await (notGranted(state, ['send']).length > 0 ? withoutWayOut(run) : run());
    if (result.waits) return waitBelow(parts, state, result.waits.agent);
    return keepStep(parts, state, thought, result, { seconds: secondsSince(parts, began) });
  } catch (thrown) {
    const error = toOsError(thrown);
    if (error.kind === 'cancelled') throw error;
    const asked = UNGRANTED[error.code];
    if (asked) return askWayOut(parts, state, asked, tool, error);
    const said = state.language === 'zh' && error.zh ? error.zh : error;
    const seen = `${said.message} ${said.hint}`;
    // What went wrong may quote what was read: it counts as strange where a stranger's words could be in it.
    const strange = state.taint !== undefined;
    return keepStep(
      parts,
      state,
      thought,
      { seen, strange },
      { failed: error.code, seconds: secondsSince(parts, began) },
    );
  }
}

/** Acts that change only the agent itself. */
function decided(now: AgentState, thought: AgentThought): { state: AgentState; ledger: LedgerDraft[] } {
  const { act } = thought;
  const say = words(now.language);
  const step: AgentStep = { ...thought, works: [], seen: '', strange: false };
  const { pending: _, ...rest } = now;
  const done: AgentState = withUse({ ...rest, steps: [...now.steps, step] }, { steps: 1 });
  const ledger = (what: string, facts: object): LedgerDraft[] => [draft(now, what, facts)];
  switch (act.kind) {
    case 'plan': {
      const tasks = act.tasks.map((task) => ({ ...task, state: 'open' as const, works: [] }));
      return { state: { ...done, plan: [...now.plan.filter(({ state }) => state !== 'open'), ...tasks] }, ledger: [] };
    }
    case 'ask':
      return {
        state: { ...done, phase: 'asking', question: { words: { en: act.question, zh: act.question } } },
        ledger: ledger('asked', { question: act.question }),
      };
    case 'note':
      return {
        state: { ...done, memory: [...now.memory, { from: 'agent', text: act.text, at: now.steps.length }] },
        ledger: [],
      };
    case 'finish':
      return {
        state: { ...done, phase: act.good ? 'done' : 'failed', outcome: act.words },
        ledger: ledger(act.good ? 'finished' : 'gave-up', { words: act.words, works: now.works.slice(now.given) }),
      };
    case 'use':
      return { state: { ...done, outcome: say.none }, ledger: [] };
  }
}

async function keepStep(
  parts: LoopParts,
  { id }: AgentState,
  thought: AgentThought,
  { works = [], seen, strange = false, facts, used = {} }: ToolResult,
  { failed: code, seconds = 0 }: { readonly failed?: string; readonly seconds?: number },
): Promise<AgentState> {
  return change(parts, id, ({ pending: _, question: __, ...now }) => {
    const fresh = works.filter((work) => !now.works.includes(work));
    const step: AgentStep = {
      ...{ ...thought, works, seen, strange },
      ...(code === undefined ? {} : { failed: code }),
      ...(facts === undefined ? {} : { facts }),
    };
    const tool = thought.act.kind === 'use' ? thought.act.tool : thought.act.kind;
    const grown = {
      ...now,
      works: [...now.works, ...fresh],
      steps: [...now.steps, step],
      plan: ticked(now, works, code),
    };
    const counted = withUse(grown, {
      ...used,
      steps: 1 + (used.steps ?? 0),
      seconds: Math.max(seconds, used.seconds ?? 0),
    });
    const stained = strange ? withTaint(counted, tool) : counted;
    const last = stained.steps.slice(-PATIENCE);
    const stuck = last.length === PATIENCE && last.every(({ failed: bad }) => bad !== undefined);
    return {
      state: stuck ? failed(stained, words(now.language).stuck(seen)) : stained,
      ledger: [
        draft(now, 'acted', {
          ...{ tool, works, prompt: thought.prompt },
          ...(code && { failed: code }),
          ...(facts !== undefined && { facts }),
        }),
      ],
    };
  });
}

/** The first open task is done once something came of it. */
function ticked({ plan }: AgentState, works: readonly string[], code: string | undefined): AgentState['plan'] {
  const place = plan.findIndex(({ state }) => state === 'open');
  if (place < 0 || code !== undefined || works.length === 0) return plan;
  return plan.map((task, i) => (i === place ? { ...task, state: 'done', works } : task));
}

const failed = (state: AgentState, outcome: string): AgentState => ({ ...state, phase: 'failed', outcome });

async function stop(parts: LoopParts, id: string, bound: string): Promise<undefined> {
  await change(parts, id, (now) => ({
    state: { ...now, phase: 'spent', outcome: words(now.language).spent(bound) },
    ledger: [draft(now, 'spent', { bound, used: now.used })],
  }));
}

async function askGrant(
  parts: LoopParts,
  { id, taint }: AgentState,
  grant: readonly Effect[],
  forWhat: string,
): Promise<undefined> {
  const question = (language: 'en' | 'zh'): string => words(language).grant(grant, forWhat, taint?.source ?? '');
  await change(parts, id, (now) => ({
    state: { ...now, phase: 'asking', question: { words: { en: question('en'), zh: question('zh') }, grant } },
    ledger: [draft(now, 'asked', { grant, for: forWhat })],
  }));
}

/** What the way out refuses until the artist grants it: the thought waits, the artist is told what is to be granted. */
const UNGRANTED: Readonly<Record<string, Effect>> = {
  'way-out/not-granted': 'send',
  'way-out/wary': 'send',
  'way-out/ask-to-spend': 'spend',
  'way-out/budget-spent': 'spend',
};

async function askWayOut(
  parts: LoopParts,
  { id }: AgentState,
  effect: Effect,
  tool: Tool,
  error: OsError,
): Promise<AgentState> {
  const said = { en: error, zh: error.zh ?? error };
  const question = (language: 'en' | 'zh'): string => {
    const { message, hint } = said[language];
    return words(language).wayOut(tool.title?.[language] ?? tool.name, `${message} ${hint}`);
  };
  return change(parts, id, (now) => ({
    state: {
      ...now,
      phase: 'asking',
      question: { words: { en: question('en'), zh: question('zh') }, grant: [effect] },
    },
    ledger: [draft(now, 'asked', { grant: [effect], for: tool.name, refused: error.code })],
  }));
}

/** The agent that was called for needs the artist: so does this one. */
async function waitBelow(parts: LoopParts, { id }: AgentState, below: string): Promise<AgentState> {
  const asked = await read(parts, below);
  const none = { en: words('en').waits(asked.role), zh: words('zh').waits(asked.role) };
  const { words: said = none, grant } = asked.question ?? {};
  const question = { words: said, of: below, ...(grant && { grant }) };
  // One that was paused meanwhile waits for that alone.
  return change(parts, id, (now) => ({ state: now.phase === 'ready' ? { ...now, phase: 'asking', question } : now }));
}

function draft(state: AgentState, act: string, facts: object): LedgerDraft {
  return {
    actor: state.role,
    act,
    facts: JSON.parse(JSON.stringify({ agent: state.id, step: state.steps.length, ...facts })) as Json,
  };
}

function secondsSince({ clock }: LoopParts, began: number): number {
  return Math.max(0, clock.now() - began) / 1000;
}

function shorten(input: Json): string {
  const text = JSON.stringify(input);
  return text.length > 200 ? `${text.slice(0, 200)}…` : text;
}

/** Works by the names that the context gives them. */
export const namesOf = (state: AgentState, works: readonly string[]): string =>
  works.map((work) => nameOf(state, work)).join(', ');
