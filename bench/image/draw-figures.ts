/**
 * A contact sheet of figures by a painter: `node bench/image/draw-figures.ts OUT.png [--painter ink|plain|…] [--cell 300] [--season s]
 * [--weather w] [--states a,b] [--depth 0.9] [--seed s] ELEMENT …`. Each element is drawn alone on a square paper, as large as
 * the composer would make it near at hand.
 */
import { writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { createRandom } from '../../src/core/index.ts';
import type { SceneElement } from '../../src/kernel/index.ts';
import type { Composition, Placed } from '../../src/studios/image/composition/index.ts';
import { statureOf } from '../../src/studios/image/composition/stature.ts';
import { drawFigure } from '../../src/studios/image/figures/index.ts';
import { findPainter } from '../../src/studios/image/painters/index.ts';
import { renderPlain } from '../../src/studios/image/painters/plain/index.ts';
import { flatten, layOver } from '../../src/studios/image/picture/flatten.ts';
import { encodePng } from '../../src/studios/image/picture/png.ts';
import { createBitmap } from '../../src/studios/image/raster/index.ts';
import table from '../../src/studios/plan/scene/elements.table.json' with { type: 'json' };

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    painter: { type: 'string', default: 'plain' },
    cell: { type: 'string', default: '300' },
    columns: { type: 'string', default: '5' },
    season: { type: 'string' },
    weather: { type: 'string', default: 'clear' },
    wind: { type: 'string', default: '0.15' },
    states: { type: 'string', default: '' },
    depth: { type: 'string', default: '0.9' },
    seed: { type: 'string', default: 'a' },
    box: { type: 'string' },
  },
});
const [out, ...elements] = positionals;
const cell = Number(values.cell);
const columns = Math.min(Number(values.columns), elements.length);
const rows = Math.ceil(elements.length / columns);
const sheet = createBitmap(cell * columns, cell * rows);

for (const [i, element] of elements.entries()) {
  const started = performance.now();
  const placed = place(element);
  const composition = compositionOf(placed);
  const figure = drawFigure(placed, composition);
  const drawn = performance.now() - started;
  const strokes = figure.shapes.reduce((sum, shape) => sum + shape.strokes.length, 0);
  console.log(`${element}: ${figure.shapes.length} shapes, ${strokes} strokes, drawn in ${drawn.toFixed(0)} ms`);
  const job = {
    composition,
    figures: [figure],
    width: cell,
    height: cell,
    scale: cell / 1000,
    random: createRandom(`${values.seed}/${element}`),
    options: {},
    breathe: async () => {},
    progress: () => {},
  };
  const look = { modelling: 1, steps: 0, outline: 0, outlineColour: '#222222' };
  const layers =
    values.painter === 'plain' ? await renderPlain(job, look) : await findPainter(values.painter).paint(job);
  const bitmap = flatten({ width: cell, height: cell, layers, about: {} });
  layOver(sheet, {
    id: element,
    names: { en: '', zh: '' },
    bitmap,
    x: (i % columns) * cell,
    y: Math.floor(i / columns) * cell,
  });
}
writeFileSync(out!, await encodePng(sheet));

function place(id: string): Placed {
  const kind = (table.find((entry) => entry.id === id)?.kind ?? 'thing') as SceneElement['kind'];
  const depth = Number(values.depth);
  const { width, height, spread, aloft } = statureOf({ id, kind, source: '', weight: 1 }, depth);
  const scale =
    Math.min(1, 940 / width, 860 / height) * (height < 330 && !spread && !['land', 'sky'].includes(kind) ? 1.7 : 1);
  const [w, h] = [width * scale, height * scale];
  const box =
    spread === 'paper'
      ? { x: 0, y: 0, width: 1000, height: 1000 }
      : spread === 'sky'
        ? { x: 0, y: 0, width: 1000, height: 560 }
        : spread === 'path'
          ? { x: 200, y: 560, width: 600, height: 440 }
          : spread === 'ground'
            ? { x: 0, y: 560, width: 1000, height: 440 }
            : { x: 500 - w / 2, y: aloft ? 300 - h / 2 : 920 - h, width: w, height: h };
  const sized = values.box
    ? { x: 500 - Number(values.box) / 2, y: 500, width: Number(values.box), height: Number(values.box) }
    : box;
  const states = values.states.split(',').filter(Boolean);
  return { name: id, element: id, kind, states, box: sized, depth, mirrored: false, seed: `${values.seed}/${id}` };
}

function compositionOf(placed: Placed): Composition {
  return {
    width: 1000,
    height: 1000,
    frame: 'rectangle',
    view: 'level',
    horizon: placed.kind === 'flower' || placed.kind === 'plant' ? 1100 : 560,
    weather: values.weather as Composition['weather'],
    season: values.season as Composition['season'],
    hour: undefined,
    mood: { valence: 0.2, arousal: 0 },
    light: { source: 'sun', at: [120, 60], strength: 1, warmth: 0.1 },
    wind: Number(values.wind),
    palette: { ground: '#efe8d8', dark: '#23262b', main: ['#7f9a72', '#6f8fa8'], accent: '#c2462e' },
    placed: [placed],
    voids: [],
    focus: [500, 500],
    seed: values.seed,
  };
}
