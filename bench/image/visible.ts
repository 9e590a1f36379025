/**
 * Is everything that a brief names seen in its picture?  node bench/image/visible.ts [--seeds 2] [--list]
 *
 * Every element that the reader found (what is kept out of the picture aside) must leave at least 0.05 % of the picture, and of bodies at
 * least 35 % of their own silhouette (or a twentieth of the picture), free of what stands before them. Land and water that spread must keep 1 % of the picture; what is
 * strewn over it (stars, rain, snow) the 0.05 %.
 * Measured by masks of the figures on a sheet of 256 pixels. All sets of bench/scene-briefs.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { cpus } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { statureOf } from '../../src/studios/image/composition/stature.ts';
import { composeScene, drawScene } from '../../src/studios/image/paint-scene.ts';
import { seeFigures, silhouetteOf } from '../../src/studios/image/sight/index.ts';
import { readBrief } from '../../src/studios/plan/index.ts';

const SETS = ['first', 'second', 'third', 'fourth', 'fifth', 'sixth', 'seventh'] as const;
const { values } = parseArgs({
  options: { seeds: { type: 'string', default: '1' }, list: { type: 'boolean', default: false } },
});
const LEAST = { area: 0.0005, share: 0.35, spread: 0.01, large: 0.05 };

interface Sums {
  elements: number;
  seen: number;
  hidden: string[];
}

/** The elements of one brief that are not seen, with what is left of them. */
function judge(brief: string, seed: number): { elements: number; hidden: string[] } {
  const plan = readBrief(brief, { picture: true, seed });
  const elements = plan.scene?.elements ?? [];
  const [layout] = composeScene(plan, { seed: `${seed}`, inscription: undefined, size: undefined }, 1);
  const { composition } = layout!;
  const silhouettes = drawScene(composition).map((figure) => silhouetteOf(figure, composition));
  const seen = seeFigures(silhouettes, composition);
  const hidden = elements.flatMap((element, from): string[] => {
    const own = composition.placed.flatMap((placed, i) => (placed.from === from ? [i] : []));
    const whole = own.reduce((sum, i) => sum + silhouettes[i]!.whole, 0);
    const area = own.reduce((sum, i) => sum + seen[i]!.area, 0);
    const share = own.reduce((sum, i) => sum + seen[i]!.share * silhouettes[i]!.whole, 0) / Math.max(1e-9, whole);
    const { spread } = statureOf(element, 0.5);
    const covers = spread === 'ground' && (element.kind === 'land' || element.kind === 'water');
    if (
      area >= (covers ? LEAST.spread : LEAST.area) &&
      (spread !== undefined || share >= LEAST.share || area >= LEAST.large)
    )
      return [];
    const by = own.flatMap((i) => [...seen[i]!.hiddenBy]).toSorted((a, b) => b[1] - a[1]);
    const most = by.slice(0, 2).map(([name, part]) => `${name} ${Math.round(100 * part)}%`);
    return [
      `${element.id} ${(100 * area).toFixed(3)}% of the picture, ${Math.round(100 * share)}% of itself; ${most.join(', ')}`,
    ];
  });
  return { elements: elements.length, hidden };
}

const started = process.cpuUsage();
const sets = SETS.map((set) => {
  const rows = JSON.parse(readFileSync(join(import.meta.dirname, '../scene-briefs', `${set}.json`), 'utf8'));
  const sums: Sums = { elements: 0, seen: 0, hidden: [] };
  for (const { brief } of rows as { brief: string }[]) {
    for (let seed = 1; seed <= Number(values.seeds); seed++) {
      const { elements, hidden } = judge(brief, seed);
      sums.elements += elements;
      sums.seen += elements - hidden.length;
      sums.hidden.push(...hidden.map((each) => `${brief.replaceAll('\n', ' / ')} (${seed}): ${each}`));
    }
  }
  for (const each of sums.hidden) console.log(`${set}: ${each}`);
  return { set, briefs: rows.length, seeds: Number(values.seeds), elements: sums.elements, seen: sums.seen };
});
const { user } = process.cpuUsage(started);
const elements = sets.reduce((sum, set) => sum + set.elements, 0);
const seen = sets.reduce((sum, set) => sum + set.seen, 0);
const result = { machine: cpus()[0]?.model, least: LEAST, sets, elements, seen, share: seen / elements };
writeFileSync(join(import.meta.dirname, '../results/visible.json'), `${JSON.stringify(result, null, 2)}\n`);
console.log(
  `${seen} of ${elements} elements are seen; ${Math.round(user / 1000 / 600 / Number(values.seeds))} ms a brief`,
);
