/** What the ops of this studio hand to each other: the workshop's facts about a thing it keeps, as a document. */
import { z } from 'zod';
import type { InputWork, Made, OpContext, OpOutput, WorkshopHooks } from '../../kernel/index.ts';

const madeSchema = z.object({ digest: z.string() }).catchall(z.json());

/** The facts in an input work. */
export function readMade(input: InputWork | undefined): Made {
  return madeSchema.parse(input?.document) as Made;
}

/** Facts as a work to be. */
export function toWork(medium: string, title: string, made: Made, measures: object = {}): OpOutput {
  return { medium, title, document: made, measures };
}

/** A step of the workshop reports to the job it runs in. */
export function hooksOf(context: OpContext): WorkshopHooks {
  return {
    signal: context.signal,
    onProgress: (progress) => context.progress(progress),
    onFacts: (data) => context.preview({ data }),
  };
}
