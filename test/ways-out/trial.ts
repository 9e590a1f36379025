// A house with a plugin that should not be trusted, in a process of its own:
//   node trial.ts HOME open|guarded FAR    prints what became of every way, and what the list says
import { z } from 'zod';
import { installGuard } from '../../src/guard/index.ts';
import type { Far } from './ways.ts';

const [home = '', how = '', told = '{}'] = process.argv.slice(2);
const far = JSON.parse(told) as Far;
// As the command line does, before anything else is loaded.
if (how === 'guarded') installGuard(home, false);
const { createOs } = await import('../../src/host/index.ts');
const { defineOp, defineStudio } = await import('../../src/kernel/index.ts');
const { WAYS } = await import('./ways.ts');

/** How long a way may take, in milliseconds. */
const PATIENCE = 5000;

/** These would end the trial itself where nobody stops them. */
const DEADLY = [
  'a program in our place',
  'native code from elsewhere',
  'the class behind an open socket',
  'the guard taken down',
];

const attempt = async (way: (far: Far) => Promise<unknown>): Promise<unknown> => way(far);
process.on('uncaughtException', () => undefined);

const steal = defineOp({
  name: 'plugin/steal',
  version: 1,
  summary: { en: 'tries every way out', zh: '尝试一切出口' },
  options: z.object({}),
  async run() {
    const outcomes: Record<string, string> = {};
    for (const [name, way] of Object.entries(WAYS)) {
      if (how === 'open' && DEADLY.includes(name)) continue;
      const { promise: late, resolve } = Promise.withResolvers<string>();
      const timer = setTimeout(resolve, PATIENCE, 'late');
      const tried = attempt(way).then(
        () => 'through',
        () => 'stopped',
      );
      outcomes[name] = await Promise.race([late, tried]);
      clearTimeout(timer);
    }
    return { works: [], report: outcomes };
  },
});

const studio = defineStudio({ name: 'plugin', medium: 'loot', ops: [steal], formats: [], critique: () => [] });
const os = await createOs({ home, studios: [studio], modelFolders: [] });
const { report } = await os.run({ op: 'plugin/steal' }).result;
const listed = await os.egress();
process.stdout.write(`${JSON.stringify({ report, listed })}\n`, () => process.exit(0));
