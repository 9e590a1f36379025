/**
 * Another try where another try can help, within a budget: so many times, so long a wait altogether. A server that says how long
 * to wait is believed; one that asks for more than the budget is not waited for.
 */
import { OsError } from '../../../core/index.ts';
import { engineFault } from '../../../kernel/index.ts';
import type { Line } from './create-line.ts';
import { faultOf, saidBy, worthAnotherTry } from './fault-of.ts';

export interface Tries {
  readonly signal?: AbortSignal | undefined;
  /** False once something was delivered that cannot be taken back. */
  readonly untouched?: () => boolean;
  /** What it begins must not be begun twice: tried again only where it surely was not begun. */
  readonly once?: boolean | undefined;
}

/** Milliseconds before the second try; each further one waits twice as long. */
const FIRST_WAIT = 500;

/** Milliseconds of waiting altogether. */
const WAIT_BUDGET = 60_000;

/** The result of a task; tried again after faults that may pass. */
export async function tryAgain<T>(
  line: Line,
  task: () => Promise<T>,
  { signal, untouched, once }: Tries = {},
): Promise<T> {
  const attempts = line.card.attempts ?? 4;
  let waited = 0;
  for (let attempt = 1; ; attempt++) {
    try {
      return await task();
    } catch (thrown) {
      const fault = faultOf(line.name, thrown, signal);
      const clean = (untouched?.() ?? true) && (!once || notBegun(fault));
      if (!clean || attempt >= attempts || !worthAnotherTry(fault)) throw told(line.name, fault, attempt);
      const asked = saidBy(fault)?.after;
      const wait = asked ?? FIRST_WAIT * 2 ** (attempt - 1);
      if (waited + wait > WAIT_BUDGET) throw asked === undefined ? fault : tooLong(line.name, asked, fault);
      waited += wait;
      await line.surroundings.sleep(wait, signal);
    }
  }
}

/** It was turned away at the door, or nobody opened. */
function notBegun(fault: OsError): boolean {
  return fault.code === 'engine/busy' || (fault.code === 'engine/unreachable' && !saidBy(fault));
}

/** A fault that came again and again says so. */
function told(name: string, fault: OsError, attempts: number): OsError {
  if (attempts === 1 || fault.details.again !== true) return fault;
  const note = { en: `${attempts} tries`, zh: `共试 ${attempts} 次` };
  return new OsError({
    kind: fault.kind,
    code: fault.code,
    message: fault.message.replace(/\.$/, ` (${note.en}).`),
    hint: fault.hint,
    ...(fault.zh && { zh: { ...fault.zh, message: fault.zh.message.replace(/。$/, `（${note.zh}）。`) } }),
    details: { ...fault.details, model: name, attempts },
    cause: fault.cause,
  });
}

function tooLong(name: string, ms: number, cause: unknown): OsError {
  const seconds = Math.ceil(ms / 1000);
  return engineFault('busy', name, { en: `${seconds} s, which is too long`, zh: `需等 ${seconds} 秒，太久了` }, cause);
}
