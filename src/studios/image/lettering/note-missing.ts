/** What is told when writing has characters that no typeface has. */
import type { Bilingual } from '../../../kernel/index.ts';

/** The warning `image/no-letters`; none where nothing is missing. */
export function noteMissing(missing: readonly string[]): Bilingual[] {
  if (missing.length === 0) return [];
  const named = [...new Set(missing)].join(' ');
  return [
    {
      en: `No typeface here can write ${named}: 〓 stands in its place (image/no-letters).`,
      zh: `现有字体写不出 ${named}，以〓代之（image/no-letters）。`,
    },
  ];
}
