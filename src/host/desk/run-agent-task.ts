/**
 * An agent as a task of the desk. The agent is kept by itself, so a task that runs again after a crash goes on where it was;
 * what the task adds is a place in the queue, and that its steps and works are told.
 */
import { setTimeout as pause } from 'node:timers/promises';
import { cancelled, OsError } from '../../core/index.ts';
import type { AgentState, Bilingual, JobResult, JobRun, TaskEvent, TaskResult, Work } from '../../kernel/index.ts';
import { worksMade } from '../../kernel/index.ts';
import type { AgentRun } from '../agents/index.ts';
import type { Os } from '../os.ts';
import { OF_A_TASK } from './other-jobs.ts';

/** What of a task an agent needs. */
interface AgentContext {
  readonly signal: AbortSignal;
  emit(event: TaskEvent): void;
  /** Passes on what one of its ops tells, and waits for its end. */
  follow(run: JobRun, op: string): Promise<JobResult>;
}

/** A worker of a server that was killed lets go within so long, in milliseconds. */
const PATIENCE = 10_000;
const PAUSE = 100;

/** Runs a kept agent to its end, or until it needs the artist. Rejects as `Agents.run` does. */
export async function runKeptAgent(os: Os, id: string, { signal, emit, follow }: AgentContext): Promise<TaskResult> {
  const told = new Set<string>();
  const works: Work[] = [];
  const tell = async (state: AgentState): Promise<void> => {
    for (const made of worksMade(state)) {
      if (told.has(made)) continue;
      told.add(made);
      const work = await os.works.get(made);
      works.push(work);
      emit({ type: 'job-work', role: work.medium, work });
    }
  };
  const before = await os.agents.get(id);
  emit({ type: 'job-start', op: 'agent', seed: before.seed, cached: false });
  let telling = tell(before);
  let own = before;
  const onState = (state: AgentState): void => {
    if (state.id === id) own = state;
    // Steps of those below are counted as its own when they have come to their end.
    const done = own.used.steps + (own === state ? 0 : state.used.steps);
    emit({ type: 'job-progress', done, total: own.budget.steps, note: noteOf(state) });
    if (own !== state) return;
    telling = telling.then(() => tell(state));
    // Whoever waits for it hears of it; where the run itself fails, that is told instead.
    telling.catch(() => undefined);
  };
  const ended = await runWhenFree(os, id, { signal, onState, follow, within: OF_A_TASK });
  await telling;
  await tell(ended);
  return { works, report: { agent: id, phase: ended.phase, outcome: ended.outcome ?? null }, cached: false };
}

/** The process that ran it last may just be ending. */
async function runWhenFree(os: Os, id: string, run: AgentRun & { readonly signal: AbortSignal }): Promise<AgentState> {
  for (let waited = 0; ; waited += PAUSE) {
    try {
      return await os.agents.run(id, run);
    } catch (thrown) {
      const held = thrown instanceof OsError && thrown.code === 'agent/elsewhere';
      if (!held || waited >= PATIENCE) throw thrown;
      await pause(PAUSE, undefined, { signal: run.signal }).catch(() => {
        throw cancelled();
      });
    }
  }
}

function noteOf({ role, pending, steps, language }: AgentState): Bilingual {
  const words = (pending ?? steps.at(-1))?.words ?? '';
  const said = words === '' ? role : language === 'zh' ? `${role}：${words}` : `${role}: ${words}`;
  return { en: said, zh: said };
}
