/**
 * What stands beside the works: the artist's marks, boards and trash, finding by words, the graph of what was made from what.
 *
 *   works ─▶ studio.words ─▶ words, kept once ─▶ find
 */
import type { Json } from '../../core/index.ts';
import { type Kernel, loadWork, type Studio, type Work, type WorkWords } from '../../kernel/index.ts';
import { graphOf } from './graph.ts';
import type { Library } from './library.ts';

/** Media that are steps on the way; left out of a search that does not name them. */
const QUIET = ['plan', 'file', 'corpus', 'dataset', 'model', 'evaluation', 'preferences', 'lettering'];

/** Most characters of a work's words that are kept for finding it. */
const MOST_WORDS = 40_000;
const AT_ONCE = 200;

/** Creates the library over the kernel; `changed` is told of works whose marks changed. */
export function createLibrary(
  kernel: Kernel,
  studios: readonly Studio[],
  changed: (works: readonly string[]) => void,
): Library {
  const { library, works } = kernel.storage;
  let reading: Promise<void> | undefined;
  const readAll = async (): Promise<void> => {
    for (let rest = await library.unread(AT_ONCE); rest.length > 0; rest = await library.unread(AT_ONCE)) {
      const entries: WorkWords[] = [];
      for (const work of rest) entries.push({ work: work.id, words: await wordsOf(kernel, studios, work) });
      await library.keepWords(entries);
    }
  };
  const read = (): Promise<void> => {
    reading ??= readAll().finally(() => {
      reading = undefined;
    });
    return reading;
  };
  return {
    find: async ({ text, media, all = false, limit = 50, ...query }) => {
      if (text?.trim()) {
        // What is being read may have begun before the latest work was there.
        await reading;
        await read();
      } else {
        // A gallery that opens is soon searched; a home that closes meanwhile is read the next time.
        read().catch(() => undefined);
      }
      return library.find({ text, media, ...(media || all ? {} : { without: QUIET }), limit, ...query });
    },
    marks: (ids) => library.marks(ids),
    mark: async (ids, change) => {
      await library.mark(ids, change);
      const facts = { works: [...ids], ...change } as Json;
      await kernel.storage.commit({ ledger: [{ actor: 'artist', act: 'marked', facts }] });
      changed(ids);
      return library.marks(ids);
    },
    boards: () => library.boards(),
    graph: async (limit) => graphOf(kernel, await works.list({ limit })),
    around: async (id) => graphOf(kernel, await relatives(kernel, await works.get(id))),
  };
}

async function wordsOf(kernel: Kernel, studios: readonly Studio[], work: Work): Promise<string> {
  const studio = studios.find((one) => one.words && one.ops.some(({ name }) => name === work.record.op));
  const said = studio ? await readWords(kernel, studio, work) : '';
  return `${work.title}\n${said}`.slice(0, MOST_WORDS);
}

/** A damaged work is found by its title all the same. */
async function readWords(kernel: Kernel, studio: Studio, work: Work): Promise<string> {
  try {
    return await studio.words!(await loadWork(kernel, work.id));
  } catch {
    return '';
  }
}

/** A work with all it was made from, and all that was made from it. */
async function relatives(kernel: Kernel, work: Work): Promise<Work[]> {
  const { works } = kernel.storage;
  const found = new Map([[work.id, work]]);
  const walk = async (one: Work, step: (of: Work) => Promise<readonly Work[]>): Promise<void> => {
    for (const next of await step(one)) {
      if (found.has(next.id)) continue;
      found.set(next.id, next);
      await walk(next, step);
    }
  };
  await walk(work, (of) => Promise.all(of.parents.map((id) => works.get(id))));
  await walk(work, (of) => works.children(of.id));
  return [...found.values()].toSorted((a, b) => (a.createdAt < b.createdAt ? 1 : -1));
}
