/**
 * The roles: what each may use, how it is told who it is, and how it goes on where no language model thinks.
 *
 *   director ─▶ poet, painter, composer, storyteller ─▶ works ─▶ critic, editor
 */
import { canonicalJson, sha256 } from '../core/index.ts';
import type {
  AgentState,
  Bilingual,
  Hands,
  Mind,
  ModelRole,
  PromptMark,
  Thinking,
  Tool,
  Toolbox,
} from '../kernel/index.ts';
import { opTool } from '../kernel/index.ts';
import composer from './prompts/composer.json' with { type: 'json' };
import critic from './prompts/critic.json' with { type: 'json' };
import director from './prompts/director.json' with { type: 'json' };
import editor from './prompts/editor.json' with { type: 'json' };
import painter from './prompts/painter.json' with { type: 'json' };
import poet from './prompts/poet.json' with { type: 'json' };
import storyteller from './prompts/storyteller.json' with { type: 'json' };
import { composerRules, painterRules, poetRules, storytellerRules } from './rules/makers.ts';
import { criticRules, directorRules, editorRules } from './rules/others.ts';
import { type Rules, viewOf } from './rules/view.ts';
import { titleOf } from './titles.ts';
import { delegateTool } from './tools/delegate.ts';
import { editPassTool } from './tools/edit-pass.ts';
import { engineTool } from './tools/engine-tool.ts';
import { lookTool, recallTool } from './tools/look.ts';
import { rateTool } from './tools/rate.ts';
import { tellStoryTool } from './tools/tell-story.ts';

/** A versioned system prompt. */
interface Prompt {
  readonly version: number;
  readonly en: readonly string[];
  readonly zh: readonly string[];
}

export interface Role {
  readonly name: string;
  readonly title: Bilingual;
  readonly prompt: Prompt;
  /** Ops that are its tools. */
  readonly ops: readonly string[];
  /** Tools of its own. */
  readonly own: readonly ((hands: Hands) => Tool)[];
  readonly rules: Rules;
}

const BELOW = ['poet', 'painter', 'composer', 'storyteller', 'editor', 'critic'];

export const ROLES: readonly Role[] = [
  {
    name: 'director',
    title: titleOf('director'),
    prompt: director,
    ops: ['plan/read', 'plan/accept'],
    own: [(hands) => delegateTool(hands, BELOW), recallTool],
    rules: directorRules,
  },
  {
    name: 'poet',
    title: titleOf('poet'),
    prompt: poet,
    ops: ['plan/read', 'verse/accept', 'verse/compose', 'verse/check'],
    own: [recallTool],
    rules: poetRules,
  },
  {
    name: 'painter',
    title: titleOf('painter'),
    prompt: painter,
    ops: ['plan/read', 'plan/accept', 'plan/see-poem', 'image/paint', 'image/paint-by-model'],
    own: [recallTool],
    rules: painterRules,
  },
  {
    name: 'composer',
    title: titleOf('composer'),
    prompt: composer,
    ops: [
      ...['plan/read', 'plan/accept', 'music/compose', 'music/set-words', 'music/accept', 'music/check'],
      'music/perform',
    ],
    own: [recallTool],
    rules: composerRules,
  },
  {
    name: 'editor',
    title: titleOf('editor'),
    prompt: editor,
    ops: ['verse/check'],
    own: [editPassTool],
    rules: editorRules,
  },
  {
    name: 'critic',
    title: titleOf('critic'),
    prompt: critic,
    ops: ['verse/check', 'music/check'],
    own: [rateTool],
    rules: criticRules,
  },
  {
    name: 'storyteller',
    title: titleOf('storyteller'),
    prompt: storyteller,
    ops: ['prose/write'],
    own: [tellStoryTool, recallTool],
    rules: storytellerRules,
  },
];

/** The role of a name. */
export function findRole(name: string): Role | undefined {
  return ROLES.find((role) => role.name === name);
}

/** Ops that an engine of the artist's does, and what it must be able to do; without one they are no tools. */
const BY_ENGINES: Readonly<Record<string, { readonly role: ModelRole; readonly title: Bilingual }>> = {
  'image/paint-by-model': { role: 'picture', title: { en: 'have an engine paint', zh: '请引擎作画' } },
  'music/perform': { role: 'sound', title: { en: 'have a sound model perform', zh: '请声音模型演奏' } },
};

/** What an agent may use: the ops of its role that the house has, and tools of its own. */
export async function toolboxOf(hands: Hands, state: AgentState): Promise<Toolbox> {
  const role = findRole(state.role);
  const set = { by: state.model ?? '' };
  const ops = hands.listOps().filter(({ name }) => role?.ops.includes(name));
  const made = await Promise.all(
    ops.map(async (op): Promise<readonly Tool[]> => {
      const by = BY_ENGINES[op.name];
      if (!by) return [opTool(hands, op, op.name.endsWith('/accept') ? set : {})];
      const [first, ...others] = await hands.engines(by.role);
      return first ? [engineTool(hands, op, [first, ...others], by.title)] : [];
    }),
  );
  const tools = [...made.flat(), lookTool(hands), ...(role?.own.map((make) => make(hands)) ?? [])];
  return new Map(tools.map((tool) => [tool.name, tool]));
}

/** The system prompt in the agent's language. */
export function promptOf({ role, language }: AgentState): string {
  return findRole(role)?.prompt[language].join('\n') ?? '';
}

/** Which state of its prompt a role has; undefined for a role that is not. */
export function promptMarkOf(role: string): PromptMark | undefined {
  const prompt = findRole(role)?.prompt;
  if (!prompt) return undefined;
  const { version, en, zh } = prompt;
  return { version, digest: sha256(canonicalJson({ version, en: [...en], zh: [...zh] })) };
}

/** A mind that is the rules of the role: it costs nothing, and sends nothing. */
export function rulesMind(hands: Pick<Hands, 'load'>): Mind {
  return {
    effects: [],
    estimate: async () => ({ tokens: 0, money: 0 }),
    think: async (state): Promise<Thinking> => {
      const ruling = await findRole(state.role)!.rules(await viewOf(state, hands));
      return { thought: { ...ruling, by: 'rules' }, tokens: 0, money: 0 };
    },
  };
}
