/** One agent as it stands, asked anew whenever something happens in its job. */
import type { AgentView, Body, SystemEvent } from '@llmagentos/sdk/client';
import { useEffect, useRef } from 'react';
import { type LiveJob, useEvents, useJob } from '../../api/events.tsx';
import { api } from '../../api/studio.ts';
import { type Answered, useAnswer } from '../../api/use-answer.ts';

/** How an agent stands, for people: its phase, and whether somebody runs it. */
export type Standing = Exclude<AgentView['phase'], 'ready'> | 'running' | 'queued' | 'stopped' | 'pausing';

export type Step = AgentView['steps'][number];
export type Below = NonNullable<AgentView['below']>[number];

/** What the artist does with an agent; false where it was not possible, and was said. */
export type Lead = (control: Body<'controlAgent'>) => Promise<boolean>;

/** An agent that runs in a terminal tells nobody here of its steps: it is looked at so often, in milliseconds. */
const LOOK = 3000;
/** Several things happen at once. */
const PAUSE = 150;

/** The agent, and its job while it has one. */
export function useAgent(id: string): Answered<AgentView> & { readonly job: LiveJob | undefined } {
  const answered = useAnswer(`agent/${id}`, (signal) => api.agent(id, { signal }));
  const { data, again } = answered;
  const job = useJob(data?.job);
  const soon = useSoon(again);
  useEvents((event) => {
    if (concerns(event, id, data?.job)) soon();
  });
  const alone = data?.phase === 'ready' && data.job === undefined;
  useEffect(() => {
    if (!alone) return undefined;
    const timer = setInterval(() => document.visibilityState === 'visible' && again(), LOOK);
    return () => clearInterval(timer);
  }, [alone, again]);
  return { ...answered, job };
}

/** All of them, newest first. */
export function useAgents(): Answered<{ readonly agents: readonly AgentView[] }> {
  const answered = useAnswer('agents', (signal) => api.agents({ signal }));
  const soon = useSoon(answered.again);
  useEvents((event) => {
    const turned = event.type === 'job-queued' || event.type === 'job-start' || event.type === 'job-end';
    if (turned || event.type === 'job-error') soon();
  });
  return answered;
}

/** What people are told of its phase. */
export function standingOf({ phase, job }: AgentView, live?: LiveJob): Standing {
  if (phase === 'ready') return job === undefined ? 'stopped' : live?.state === 'queued' ? 'queued' : 'running';
  return phase === 'paused' && job !== undefined ? 'pausing' : phase;
}

function concerns(event: SystemEvent, id: string, job: string | undefined): boolean {
  if (!('job' in event) || event.type === 'job-preview') return false;
  if (event.type !== 'job-queued') return event.job === job;
  return (event.view.options as { readonly agent?: string } | null)?.agent === id;
}

/** Does something soon, once for all that happen until then. */
function useSoon(act: () => void): () => void {
  const latest = useRef(act);
  latest.current = act;
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  useEffect(() => () => clearTimeout(timer.current), []);
  return () => {
    timer.current ??= setTimeout(() => {
      timer.current = undefined;
      latest.current();
    }, PAUSE);
  };
}
