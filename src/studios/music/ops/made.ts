/** What the ops that train hand to each other: facts about a thing that the workshop keeps. */
import { z } from 'zod';
import type { InputWork, Made, OpContext, WorkshopHooks } from '../../../kernel/index.ts';

const madeSchema = z.object({ digest: z.string() }).catchall(z.json());

/** The facts in an input work. */
export function readMade(input: InputWork | undefined): Made {
  return madeSchema.parse(input?.document) as Made;
}

/** A step of the workshop reports to the job it runs in. */
export function hooksOf(context: OpContext): WorkshopHooks {
  return {
    signal: context.signal,
    onProgress: (progress) => context.progress(progress),
    onFacts: (data) => context.preview({ data }),
  };
}
