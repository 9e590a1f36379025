/** What rules see of an agent: its state, the media of its works, and what each tool led to so far. */
import type { AgentAct, AgentState, AgentStep, Hands, InputWork } from '../../kernel/index.ts';
import { nameOf, worksMade } from '../../kernel/index.ts';

/** An act, and why. */
export interface Ruling {
  readonly words: string;
  readonly act: AgentAct;
}

/** Decides the next act of a role. */
export type Rules = (view: View) => Ruling | Promise<Ruling>;

export interface View {
  readonly state: AgentState;
  /** Names (w1 …) of the works of a medium, oldest first. */
  named(medium: string): readonly string[];
  /** Names of the works that it made itself. */
  madeOf(medium: string): readonly string[];
  /** Steps that used a tool and went well, or failed. */
  did(tool: string): readonly AgentStep[];
  failed(tool: string): readonly AgentStep[];
  load(name: string): Promise<InputWork>;
  say(en: string, zh: string): string;
}

/** Looks up what the rules ask for. */
export async function viewOf(state: AgentState, hands: Pick<Hands, 'load'>): Promise<View> {
  const loaded = await Promise.all(state.works.map((id) => hands.load(id)));
  const media = new Map(loaded.map(({ work }) => [work.id, work.medium]));
  const own = new Set(worksMade(state));
  const names = (ids: readonly string[], medium: string): string[] =>
    ids.filter((id) => media.get(id) === medium).map((id) => nameOf(state, id));
  const used = (tool: string, bad: boolean): AgentStep[] =>
    state.steps.filter(({ act, failed }) => act.kind === 'use' && act.tool === tool && (failed !== undefined) === bad);
  return {
    state,
    named: (medium) => names(state.works, medium),
    madeOf: (medium) => names([...own], medium),
    did: (tool) => used(tool, false),
    failed: (tool) => used(tool, true),
    load: async (name) => loaded[state.works.findIndex((id) => nameOf(state, id) === name)]!,
    say: (en, zh) => (state.language === 'zh' ? zh : en),
  };
}

/** Uses an op or a tool. */
export function use(words: string, tool: string, input: object): Ruling {
  return { words, act: { kind: 'use', tool, input: JSON.parse(JSON.stringify(input)) } };
}

/** Ends; `good` where something was made. */
export function finish({ state, say }: View, good: boolean, en: string, zh: string): Ruling {
  const by = state.fellBack
    ? say(
        ' The model gave no usable answers, or was not granted; rules did the rest.',
        '模型没有给出可用的回答，或未获允许；其余由规则完成。',
      )
    : say(' By rules; no language model took part.', '由规则完成，没有语言模型参与。');
  return {
    words: say('That is all there is to do.', '要做的都做了。'),
    act: { kind: 'finish', words: say(en, zh) + by, good },
  };
}

/** Before anything else: rules read the brief, unless a plan was given. */
export function readFirst({ named, state, failed, say }: View): Ruling | undefined {
  if (named('plan').length > 0) return undefined;
  if (failed('plan_read').length > 1) {
    return { words: '', act: { kind: 'finish', words: state.steps.at(-1)?.seen ?? '', good: false } };
  }
  return use(say('First the brief is read.', '先读要求。'), 'plan_read', { options: { brief: state.brief } });
}

/** After it was made, a work is looked at once. */
export function lookAt({ did, say }: View, name: string): Ruling | undefined {
  const seen = did('look').some(({ act }) => act.kind === 'use' && (act.input as { work?: string }).work === name);
  return seen ? undefined : use(say(`Now ${name} is looked at.`, `看一看 ${name}。`), 'look', { work: name });
}
