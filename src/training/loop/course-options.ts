/** How the options of every course are checked. */
import { z } from 'zod';
import { refusal } from '../refusal.ts';

/** Completes what a recipe says by a schema; throws `training/bad-options`. */
export function parseCourseOptions<S extends z.ZodType>(schema: S, given: unknown): z.output<S> {
  const parsed = schema.safeParse(given);
  if (parsed.success) return parsed.data;
  const reason = z.prettifyError(parsed.error).replace(/\s*\n\s*/g, ' ');
  throw refusal(
    'input',
    'training/bad-options',
    { en: `The recipe cannot be used: ${reason}.`, zh: `配方无法使用：${reason}。` },
    { en: 'Mend the field named here.', zh: '请修正上述字段。' },
  );
}
