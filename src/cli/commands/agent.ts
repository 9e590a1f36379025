/** `agent`: roles that plan, use the studios, look at what comes and improve it; the artist may stop, lead or replace them at any step. */
import type { Command } from 'commander';
import { type Agents, ROLE_NAMES } from '../../host/index.ts';
import { type AgentControl, type AgentState, type AgentStep, type AgentWish, markInWords } from '../../kernel/index.ts';
import type { Answer, Door, Reply } from '../door.ts';
import { languageOf } from '../language.ts';
import { numberIn } from '../option-values.ts';
import { fit } from '../terminal/width.ts';

interface RunOptions {
  readonly role: string;
  readonly model?: string;
  readonly roleModel?: readonly string[];
  readonly work?: readonly string[];
  readonly steps?: number;
  readonly minutes?: number;
  readonly tokens?: number;
  readonly money?: number;
  readonly seed?: number;
}

/** Adds the command and what is below it. */
export function addAgent(program: Command, door: Door, answer: Answer): void {
  const { say } = door;
  const agent = program.command('agent').description(say('agent.summary'));
  const many = (text: string, before: readonly string[] = []): readonly string[] => [...before, text];
  agent
    .command('run')
    .description(say('agent.run'))
    .argument('<brief...>', say('agent.brief'))
    .option('--role <role>', say('agent.role', { roles: ROLE_NAMES.join(', ') }), 'director')
    .option('--model <name>', say('agent.model'))
    .option('--role-model <role=name>', say('agent.roleModel'), many)
    .option('--work <id>', say('agent.work'), many)
    .option('--steps <n>', say('agent.steps'), numberIn('--steps', { min: 1, max: 1000, whole: true }))
    .option('--minutes <n>', say('agent.minutes'), numberIn('--minutes', { min: 0.1, max: 1440 }))
    .option('--tokens <n>', say('agent.tokens'), numberIn('--tokens', { min: 0, max: 1e9, whole: true }))
    .option('--money <amount>', say('agent.money'), numberIn('--money', { min: 0, max: 1e6 }))
    .option('-s, --seed <n>', say('write.seed'), numberIn('--seed', { min: 0, max: 2 ** 31 - 1, whole: true }))
    .action((words: string[], options: RunOptions) => answer(() => start(door, words.join(' '), options)));
  const named = (name: string, what: Parameters<typeof say>[0]) =>
    agent.command(name).description(say(what)).argument('[agent]', say('agent.id'), 'last');
  agent
    .command('list')
    .description(say('agent.list'))
    .action(() => answer(() => list(door)));
  named('show', 'agent.show').action((id: string) => answer(() => show(door, id)));
  named('pause', 'agent.pause').action((id: string) => answer(() => lead(door, id, { do: 'pause' })));
  named('resume', 'agent.resume').action((id: string) => answer(() => lead(door, id, { do: 'resume' }, true)));
  named('take-over', 'agent.takeOver').action((id: string) => answer(() => lead(door, id, { do: 'take-over' })));
  named('hand-back', 'agent.handBack')
    .option('--work <id>', say('agent.handBackWork'), many)
    .action((id: string, { work }: { work?: string[] }) =>
      answer(() => lead(door, id, { do: 'hand-back', works: work }, true)),
    );
  named('plan', 'agent.plan')
    .requiredOption('--task <role: goal>', say('agent.task'), many)
    .action((id: string, { task }: { task: string[] }) =>
      answer(() => lead(door, id, { do: 'edit-plan', tasks: task.map(taskOf) })),
    );
  named('answer', 'agent.answer')
    .requiredOption('--text <text>', say('agent.text'))
    .action((id: string, { text }: { text: string }) => answer(() => lead(door, id, { do: 'answer', text }, true)));
  named('tell', 'agent.tell')
    .requiredOption('--text <text>', say('agent.text'))
    .action((id: string, { text }: { text: string }) => answer(() => lead(door, id, { do: 'tell', text })));
  named('allow', 'agent.allow').action((id: string) =>
    answer(() => lead(door, id, { do: 'grant', allow: true }, true)),
  );
  named('deny', 'agent.deny').action((id: string) => answer(() => lead(door, id, { do: 'grant', allow: false }, true)));
}

async function start(door: Door, brief: string, options: RunOptions): Promise<Reply> {
  door.speak(languageOf(brief));
  const { agents, defaults } = await door.os();
  const chosen = options.model ?? (await defaults()).chat;
  const { minutes, steps, tokens, money } = options;
  const { id } = await agents.create({
    ...{ role: options.role, brief, works: options.work, seed: options.seed },
    model: chosen === undefined || chosen === 'rules' ? null : chosen,
    models: Object.fromEntries((options.roleModel ?? []).map(pairOf)),
    budget: { steps, tokens, money, seconds: minutes === undefined ? undefined : minutes * 60 } as AgentWish['budget'],
  });
  return run(door, id);
}

/** `poet=claude`, or `poet=rules`. */
function pairOf(text: string): [string, string | null] {
  const at = text.indexOf('=');
  const model = text.slice(at + 1);
  return [text.slice(0, Math.max(0, at)), model === 'rules' ? null : model];
}

/** `poet: a quatrain about rain`. */
function taskOf(text: string): { role: string; goal: string } {
  const [, role = 'poet', goal = text] = /^(\w+)\s*[:：]\s*(.+)$/su.exec(text) ?? [];
  return { role, goal };
}

async function lead(door: Door, name: string, control: AgentControl, goOn = false): Promise<Reply> {
  const { agents } = await door.os();
  const state = await agents.control(name, control);
  return goOn && state.phase === 'ready' ? run(door, state.id) : replyOf(door, agents, state);
}

async function run(door: Door, id: string): Promise<Reply> {
  const { agents } = await door.os();
  const { live, ink, columns, world } = door;
  let line = '';
  live.follow(() => [ink.quiet(fit(line, columns - 1))]);
  try {
    const onState = (state: AgentState): void => {
      const last = state.steps.at(-1);
      line = `${state.role} ${state.steps.length} · ${last ? lineOf(last) : ''}`;
    };
    return replyOf(door, agents, await agents.run(id, { signal: world.signal, onState }));
  } finally {
    live.clear();
  }
}

async function list(door: Door): Promise<Reply> {
  const all = await (await door.os()).agents.list();
  const lines = all.map((state) => `${state.id}  ${state.phase}  ${state.role}  ${state.brief}`);
  return {
    json: { agents: all.map(publicAgent) },
    lines: lines.length === 0 ? [door.say('agent.none')] : lines.map((line) => fit(line, door.columns)),
  };
}

async function show(door: Door, name: string): Promise<Reply> {
  const { agents } = await door.os();
  return replyOf(door, agents, await agents.get(name));
}

function replyOf(door: Door, agents: Agents, state: AgentState): Reply {
  const { ink, say, language } = door;
  const { id, role, phase, plan, steps, question, outcome, used, works, given, model, fellBack, taint } = state;
  const by = model === null || fellBack ? say('agent.byRules') : say('agent.byModel', { model });
  return {
    json: { agent: publicAgent(state) },
    lines: [
      `${ink.title(role)} ${ink.quiet(id)} · ${phase} · ${by}`,
      ...plan.map(
        (task) => `  [${task.state === 'done' ? '✓' : task.state === 'open' ? ' ' : '–'}] ${task.role}: ${task.goal}`,
      ),
      ...steps.map((step, i) => `  ${i + 1}. ${lineOf(step)}`),
      ...promptLines(door, agents, state),
      ...(taint ? [ink.quiet(`  ${say('agent.tainted', { source: taint.source })}`)] : []),
      ...(question
        ? [
            ink.accent(`? ${question.words[language]}`),
            ink.quiet(say(question.grant ? 'agent.toGrant' : 'agent.toAnswer')),
          ]
        : []),
      ...(outcome === undefined ? [] : [outcome]),
      ...works.slice(given).map((work, i) => `  w${given + i + 1} ${work}`),
      ink.quiet(
        say('agent.used', {
          steps: used.steps,
          seconds: Math.round(used.seconds),
          tokens: used.tokens,
          money: used.money,
        }),
      ),
    ],
    exitCode: phase === 'failed' || phase === 'spent' ? 1 : 0,
  };
}

/** Which prompt it goes by, where a model thinks; what has changed since is said. */
function promptLines({ ink, say }: Door, agents: Agents, { role, model, prompt }: AgentState): string[] {
  if (model === null || !prompt) return [];
  const now = agents.promptOf(role);
  const mark = markInWords(prompt);
  const changed = now !== undefined && now.digest !== prompt.digest;
  return [
    ink.quiet(`  ${changed ? say('agent.promptNow', { mark, now: markInWords(now) }) : say('agent.prompt', { mark })}`),
  ];
}

function lineOf({ words, act, works, failed, facts }: AgentStep): string {
  const did = act.kind === 'use' ? act.tool : act.kind;
  const repairs = (facts as { repairs?: number } | undefined)?.repairs;
  const came =
    failed ?? `${works.length > 0 ? `${works.length} ✓` : '✓'}${repairs === undefined ? '' : ` repairs ${repairs}`}`;
  return `${words} ${did} → ${came}`;
}

/** As programs see it. */
function publicAgent(state: AgentState): object {
  const { version: _, trusted: __, ...rest } = state;
  return rest;
}
