/**
 * Style transfer over 20 pairs:  node bench/image/style-transfer.ts [--data ../shared/data] [--pairs 0,4] [--out bench/results/style-transfer.json]
 *
 * `--pairs` takes some of them, `--join FILE,FILE` puts such parts together.
 *
 * For each pair the patch distance to the style of the restyled picture, beside that of colour transfer alone; how much of the content's
 * edges is left; seconds for 512 × 512 (and those of the processor, which do not depend on what else runs). `--sheet FILE` draws content, style,
 * colours alone and result side by side, to be looked at.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { cpus } from 'node:os';
import { parseArgs } from 'node:util';
import sharp from 'sharp';
import { createRandom } from '../../src/core/index.ts';
import type { Bitmap } from '../../src/studios/image/raster/index.ts';
import { restyle, transferColours } from '../../src/studios/image/style/index.ts';
import { edgeLikeness, patchDistance } from './style/measure-style.ts';
import { PAIRS, picturesOf, SIDE } from './style/pairs.ts';

const { values } = parseArgs({
  options: {
    data: { type: 'string', default: '../shared/data' },
    pairs: { type: 'string' },
    join: { type: 'string' },
    sheet: { type: 'string' },
    out: { type: 'string', default: 'bench/results/style-transfer.json' },
  },
});
/** Asked for. */
const MOST_DISTANCE = 0.6;
const LEAST_EDGES = 0.7;

interface Row {
  readonly pair: number;
  readonly distance: number;
  readonly colours: number;
  readonly ratio: number;
  readonly edges: number;
  readonly seconds: number;
  readonly cpu: number;
}

const chosen = values.pairs ? values.pairs.split(',').map(Number) : PAIRS.map((_, i) => i);
const parts = values.join?.split(',').map((file) => JSON.parse(readFileSync(file, 'utf8')) as { rows: Row[] }) ?? [];
const rows: Row[] = parts.flatMap((part) => part.rows);
const seen: Bitmap[][] = [];
for (const nth of values.join ? [] : chosen) {
  const { content, style } = await picturesOf(nth, values.data);
  const coloured = transferColours(content, style, createRandom(nth));
  const [started, before] = [performance.now(), process.cpuUsage()];
  const random = createRandom(nth);
  const made = await restyle(content, style, { random, breathe: async () => {}, progress: () => {} });
  const seconds = (performance.now() - started) / 1000;
  const cpu = process.cpuUsage(before).user / 1e6;
  const [distance, colours] = [await patchDistance(made, style), await patchDistance(coloured, style)];
  const edgesLeft = await edgeLikeness(content, made);
  rows.push({ pair: nth, distance, colours, ratio: distance / colours, edges: edgesLeft, seconds, cpu });
  write();
  seen.push([content, style, coloured, made]);
  const { ratio, edges } = rows.at(-1)!;
  console.log(
    `${nth} ${PAIRS[nth]!.join(' · ')}: ratio ${ratio.toFixed(3)} edges ${edges.toFixed(3)} ${cpu.toFixed(1)} s`,
  );
}
write();
console.log(summaryOf());

if (values.sheet) {
  const side = 240;
  const pieces = await Promise.all(
    seen.flatMap((pictures, row) =>
      pictures.map(async ({ width, height, data }, column) => ({
        input: await sharp(data, { raw: { width, height, channels: 4 } })
          .resize(side, side)
          .png()
          .toBuffer(),
        left: (Math.floor(row / 10) * 4 + column) * (side + 4),
        top: (row % 10) * (side + 4),
      })),
    ),
  );
  const [width, height] = [4 * Math.ceil(rows.length / 10) * (side + 4), Math.min(10, rows.length) * (side + 4)];
  await sharp({ create: { width, height, channels: 3, background: '#ffffff' } })
    .composite(pieces)
    .webp({ quality: 84 })
    .toFile(values.sheet);
}

function mean(of: (row: Row) => number): number {
  return rows.reduce((sum, row) => sum + of(row), 0) / rows.length;
}

function rounded(value: number): number {
  return Math.round(value * 10_000) / 10_000;
}

function summaryOf() {
  return {
    measured: 'sliced Wasserstein distance of 7 × 7 RGB patches at 3 scales; Pearson of blurred Sobel magnitudes',
    size: [SIDE, SIDE],
    pairs: rows.length,
    ratio: rounded(mean(({ ratio }) => ratio)),
    edges: rounded(mean(({ edges }) => edges)),
    withinBoth: rows.filter(({ ratio, edges }) => ratio <= MOST_DISTANCE && edges >= LEAST_EDGES).length,
    withinRatio: rows.filter(({ ratio }) => ratio <= MOST_DISTANCE).length,
    withinEdges: rows.filter(({ edges }) => edges >= LEAST_EDGES).length,
    cpuSeconds: { mean: rounded(mean(({ cpu }) => cpu)), most: rounded(Math.max(...rows.map(({ cpu }) => cpu))) },
    wallSeconds: {
      mean: rounded(mean(({ seconds }) => seconds)),
      most: rounded(Math.max(...rows.map(({ seconds }) => seconds))),
    },
    asked: { ratio: MOST_DISTANCE, edges: LEAST_EDGES, seconds: 20 },
    machine: { cpu: cpus()[0]!.model, cores: cpus().length, node: process.version },
  };
}

/** After every pair, so that a broken run has not been for nothing. */
function write(): void {
  const table = [...rows]
    .sort((a, b) => a.pair - b.pair)
    .map((row) => ({
      ...Object.fromEntries(Object.entries(row).map(([name, value]) => [name, rounded(value)])),
      of: PAIRS[row.pair]!,
    }));
  writeFileSync(values.out, `${JSON.stringify({ ...summaryOf(), rows: table }, null, 2)}\n`);
}
