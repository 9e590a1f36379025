/** Draws a run as an SVG: each step's loss faint, running means of all curves, and the validation as dots. */
import type { LogLine } from './train-log.ts';

const [WIDTH, HEIGHT] = [760, 420];
const FRAME = { left: 60, right: 20, top: 40, bottom: 50 };
const MOST_POINTS = 600;
const COLOURS = ['#3b6ea5', '#4f8a4c', '#8a5aa5', '#b07d2b', '#5b8f97', '#8c6d5c'];
const VALIDATION = '#b3402a';

type Point = readonly [step: number, value: number];

interface Curve {
  readonly label: string;
  readonly colour: string;
  readonly points: readonly Point[];
}

/** The picture of a log; logs without lines give an empty frame. At most five curves beside the loss are drawn. */
export function formatLossPlot(lines: readonly LogLine[], title: string): string {
  const curves = curvesOf(lines);
  const dots = lines.flatMap(({ step, validation }): Point[] =>
    validation?.loss === undefined ? [] : [[step, validation.loss]],
  );
  const values = [...curves.flatMap(({ points }) => points), ...dots].map(([, value]) => value).filter(Number.isFinite);
  const ticks = ticksFor(least(values), most(values));
  const [low, high, last] = [ticks[0]!, ticks.at(-1)!, lines.at(-1)?.step ?? 1];
  const x = (step: number): number => FRAME.left + (step / last) * (WIDTH - FRAME.left - FRAME.right);
  const y = (value: number): number =>
    HEIGHT - FRAME.bottom - ((value - low) / (high - low)) * (HEIGHT - FRAME.top - FRAME.bottom);
  const path = (points: readonly Point[], style: string): string => {
    const moves = points.filter(([, value]) => Number.isFinite(value));
    const d = moves.map(([step, value], i) => `${i === 0 ? 'M' : 'L'}${x(step).toFixed(1)} ${y(value).toFixed(1)}`);
    return `<path d="${d.join('')}" fill="none" ${style}/>`;
  };
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${HEIGHT}" font-family="sans-serif" font-size="12" fill="#333">
<rect width="${WIDTH}" height="${HEIGHT}" fill="#fff"/>
<text x="${FRAME.left}" y="22" font-size="15">${escapeXml(title)}</text>
${ticks.map((tick) => rule(tick, y(tick))).join('')}
${path(thin(curves[0]!.points), `stroke="${COLOURS[0]}" stroke-opacity=".3"`)}
${curves.map(({ points, colour }) => path(thin(runningMean(points)), `stroke="${colour}" stroke-width="1.6"`)).join('\n')}
${dots.map(([step, value]) => `<circle cx="${x(step).toFixed(1)}" cy="${y(value).toFixed(1)}" r="3.5" fill="${VALIDATION}"/>`).join('')}
<text x="${WIDTH - FRAME.right}" y="${HEIGHT - 14}" text-anchor="end">步数 step: ${last}</text>
<text x="${FRAME.left}" y="${HEIGHT - 14}">${legend(curves, dots.length > 0)}</text>
</svg>
`;
}

/** The loss and the reports of the log by name. */
function curvesOf(lines: readonly LogLine[]): Curve[] {
  const names = [...new Set(lines.flatMap(({ reports = {} }) => Object.keys(reports)))].slice(0, COLOURS.length - 1);
  const reports = names.map((name, i): Curve => {
    const points = lines.flatMap(({ step, reports: own }): Point[] =>
      own?.[name] === undefined ? [] : [[step, own[name]]],
    );
    return { label: name, colour: COLOURS[i + 1]!, points };
  });
  const loss = lines.map(({ step, loss: value }): Point => [step, value]);
  return [{ label: '训练损失 training loss', colour: COLOURS[0]!, points: loss }, ...reports];
}

function legend(curves: readonly Curve[], validated: boolean): string {
  const marks = curves.map(({ label, colour }) => `<tspan fill="${colour}">—</tspan> ${escapeXml(label)}`);
  return [...marks, ...(validated ? [`<tspan fill="${VALIDATION}">●</tspan> 验证 validation`] : [])].join('　');
}

function rule(value: number, y: number): string {
  const line = `<path d="M${FRAME.left} ${y.toFixed(1)}H${WIDTH - FRAME.right}" stroke="#ddd"/>`;
  return `${line}<text x="${FRAME.left - 8}" y="${(y + 4).toFixed(1)}" text-anchor="end">${value}</text>`;
}

/** Round numbers, four to nine of them, from at most `low` to at least `high`. */
function ticksFor(low: number, high: number): number[] {
  const span = Math.max(high - low, Math.abs(high) * 1e-3, 1e-9);
  const power = 10 ** Math.floor(Math.log10(span));
  const step = power * ([1, 0.5, 0.2].find((share) => span / (power * share) >= 3) ?? 0.2);
  const from = Math.floor(low / step);
  const to = Math.max(from + 1, Math.ceil(high / step));
  return Array.from({ length: to - from + 1 }, (_, i) => Number(((from + i) * step).toPrecision(6)));
}

function least(values: readonly number[]): number {
  return values.reduce((a, b) => Math.min(a, b), values[0] ?? 0);
}

function most(values: readonly number[]): number {
  return values.reduce((a, b) => Math.max(a, b), values[0] ?? 1);
}

/** Exponential mean over about a fiftieth of the run. */
function runningMean(points: readonly Point[]): Point[] {
  const keep = 1 - 1 / Math.max(1, points.length / 50);
  let mean = points[0]?.[1] ?? 0;
  return points.map(([step, value]) => {
    mean = keep * mean + (1 - keep) * value;
    return [step, mean];
  });
}

function thin<T>(points: readonly T[]): readonly T[] {
  const every = Math.ceil(points.length / MOST_POINTS);
  return every <= 1 ? points : points.filter((_, i) => i % every === 0 || i === points.length - 1);
}

function escapeXml(text: string): string {
  return text.replace(/[&<>]/g, (c) => ({ '&': '&amp;', '<': '&lt;', '>': '&gt;' })[c]!);
}
