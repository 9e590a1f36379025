/**
 * Finding among 5,000 works as the gallery does, and asking while one types:
 *
 *   node bench/search-works.ts [--works 5000] [--rounds 5]
 *
 *   real poems (results/thousand-poems.jsonl) ─▶ verse, prose, plans in a fresh home
 *   first search (reads every work's words once) ─▶ 50 queries × rounds ─▶ p50, p95, slowest
 *   verse/check and verse/mark of a whole poem, verse/suggest at every place of a quatrain, through `Os.ask`
 *
 * Queries are of one and two characters, of a whole line, in English, of two words, of words nobody wrote, with and without a
 * filter. Each is answered as a page of 50 works with its total. Writes bench/results/search-works.json.
 */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import type { Json } from '../src/core/index.ts';
import { createOs, type FindQuery, type Os } from '../src/host/index.ts';
import { fillHome, poems } from './fill-home.ts';
import { machineFacts, median } from './training-machine.ts';

const { values } = parseArgs({
  options: { works: { type: 'string', default: '5000' }, rounds: { type: 'string', default: '5' } },
});
const [count, rounds] = [Number(values.works), Number(values.rounds)];

const machine = machineFacts();
const home = mkdtempSync(join(tmpdir(), 'llmagentos-search-'));
try {
  await fillHome(home, count);
  await using os = await createOs({ home });
  const first = await timed(() => os.library.find({ text: '月' }));
  const queries = queriesOf();
  const times = new Map(queries.map((query) => [query, [] as number[]]));
  const found = new Map<FindQuery, number>();
  for (let round = 0; round < rounds; round++) {
    for (const query of queries) {
      const { ms, value } = await timed(() => os.library.find(query));
      times.get(query)!.push(ms);
      found.set(query, value.total);
    }
  }
  const result = {
    machine,
    works: count,
    queries: queries.length,
    rounds,
    firstSearchMs: round1(first.ms),
    search: spread([...times.values()].flat()),
    slowest: queries
      .map((query) => ({ ...query, total: found.get(query), medianMs: round1(median(times.get(query)!)) }))
      .toSorted((a, b) => b.medianMs - a.medianMs)
      .slice(0, 5),
    emptyQueries: queries.filter((query) => found.get(query) === 0).length,
    asking: await asking(os),
  };
  writeFileSync(new URL('results/search-works.json', import.meta.url), `${JSON.stringify(result, null, 2)}\n`);
  console.log(JSON.stringify(result, null, 2));
} finally {
  rmSync(home, { recursive: true, force: true });
}

/** Fifty queries of all kinds. */
function queriesOf(): FindQuery[] {
  const one = [...'月风花雪春秋江山夜雨星云'].map((text) => ({ text }));
  const two = ['明月', '春风', '秋水', '江南', '故人', '万里', '梅花', '白云', '西风', '夜雨', '孤舟', '青山'].map(
    (text) => ({ text }),
  );
  const lines = [3, 55, 101, 377, 512, 733, 909].map((i) => ({ text: poems[i]!.lines[1]! }));
  const english = ['lantern', 'LONELY', 'page 49', 'quiet river'].map((text) => ({ text, all: true }));
  const both = ['月 江', '春风 花', '明月 故人 山'].map((text) => ({ text }));
  const filtered = ['月', '江南', '夜'].flatMap((text) => [
    { text, media: ['verse'] },
    { text, media: ['prose'], limit: 200 },
  ]);
  const nothing = ['鑫鑫鑫', 'zeppelin', '二氧化碳'].map((text) => ({ text, all: true }));
  const plain = [{}, { media: ['verse'] }, { limit: 500 }];
  return [...one, ...two, ...lines, ...english, ...both, ...filtered, ...nothing, ...plain].slice(0, 50);
}

async function asking(os: Os): Promise<Json> {
  const lines = ['白日依山尽', '黄河入海流', '欲穷千里目', '更上一层楼'];
  const check = await repeated(40, () => os.ask({ op: 'verse/check', options: { text: lines.join('，') } }));
  const draft = ['白日依山尽', '黄河入海流', '欲穷千□□', '□□□□□'];
  const mark = await repeated(40, () => os.ask({ op: 'verse/mark', options: { lines: draft, form: '五绝' } }));
  const places = lines.flatMap((text, line) => [...text].map((_, place) => ({ line, place })));
  const suggestAt = (i: number) =>
    os.ask({ op: 'verse/suggest', options: { lines, form: '五绝', ...places[i % places.length]! } });
  const { ms: cold } = await timed(() => suggestAt(0));
  const suggest = await repeated(40, (i) => suggestAt(i));
  return { check, mark, suggest: { coldMs: round1(cold), ...suggest } };
}

/** Times of something done again and again, after two times that do not count. */
async function repeated(times: number, act: (i: number) => Promise<unknown>): Promise<ReturnType<typeof spread>> {
  for (let i = 0; i < 2; i++) await act(i);
  const all: number[] = [];
  for (let i = 0; i < times; i++) all.push((await timed(() => act(i))).ms);
  return spread(all);
}

async function timed<T>(act: () => Promise<T>): Promise<{ ms: number; value: T }> {
  const start = performance.now();
  const value = await act();
  return { ms: performance.now() - start, value };
}

function spread(times: readonly number[]): { p50Ms: number; p95Ms: number; slowestMs: number } {
  const sorted = times.toSorted((a, b) => a - b);
  const at = (share: number): number => round1(sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))]!);
  return { p50Ms: at(0.5), p95Ms: at(0.95), slowestMs: at(1) };
}

function round1(ms: number): number {
  return Math.round(ms * 10) / 10;
}
