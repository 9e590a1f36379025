/** Plots as inline SVG that follow the page's colours, light and dark. */
import type { Interval } from './bootstrap.ts';
import { bilingual, bilingualSvg, readable } from './markup.ts';
import type { Name, Section } from './report.ts';

type Curves = Extract<Section, { readonly kind: 'curves' }>;
type Bars = Extract<Section, { readonly kind: 'bars' }>;

const [WIDTH, HEIGHT] = [720, 300];
const FRAME = { left: 54, right: 14, top: 14, bottom: 44 };
const MOST_POINTS = 500;
/** Colours in the style sheet: --c1 to --c5. */
const COLOURS = 5;

const colour = (i: number): string => `var(--c${(i % COLOURS) + 1})`;

/** Lines over a shared x axis. */
export function curvesChart({ x, y, curves }: Curves): string {
  const kept = curves.map(({ points }) => thin(points.filter(([a, b]) => Number.isFinite(a) && Number.isFinite(b))));
  const [xs, ys] = [0, 1].map((axis) => kept.flat().map((point) => point[axis as 0 | 1]));
  const [across, up] = [scaleOf(xs!, false), scaleOf(ys!, false)];
  const place = ([a, b]: readonly [number, number]): string => `${toX(across(a))} ${toY(up(b))}`;
  const lines = kept.map((points, i) => {
    const path = `M${points.map(place).join('L')}`;
    const dots = points.length > 40 ? '' : points.map((point) => dot(point, place, i)).join('');
    return points.length === 0
      ? ''
      : `<path d="${path}" fill="none" stroke="${colour(i)}" stroke-width="2" stroke-linejoin="round"/>${dots}`;
  });
  const ticks = across.ticks.map(
    (tick) => `<text x="${toX(across(tick))}" y="${HEIGHT - 24}" text-anchor="middle">${readable(tick)}</text>`,
  );
  return figure(
    `${rules(up)}${ticks.join('')}${lines.join('')}${axisNames(x, y)}`,
    curves.map(({ name }) => name),
  );
}

/** Groups of bars, one bar for each series. */
export function barsChart({ y, series, bars }: Bars): string {
  const up = scaleOf(bars.flatMap(({ values }) => values).filter(Number.isFinite), true);
  const slot = 1 / Math.max(bars.length, 1);
  const wide = (slot * 0.7) / Math.max(series.length, 1);
  const drawn = bars.flatMap(({ name, values }, group) => {
    const label = `<text x="${toX((group + 0.5) * slot)}" y="${HEIGHT - 24}" text-anchor="middle">${bilingualSvg(name)}</text>`;
    const columns = values.map((value, i) => {
      if (!Number.isFinite(value)) return '';
      const width = Math.min(48, Number(toX(wide)) - FRAME.left - 2);
      const left = Number(toX((group + 0.5) * slot)) + (i - values.length / 2) * (width + 2);
      const [top, bottom] = [Number(toY(Math.max(up(value), up(0)))), Number(toY(Math.min(up(value), up(0))))];
      const height = (bottom - top).toFixed(1);
      const shape = `<rect x="${left.toFixed(1)}" y="${top}" width="${width.toFixed(1)}" height="${height}" rx="2" fill="${colour(i)}"/>`;
      const middle = (left + width / 2).toFixed(1);
      return `${shape}<text class="value" x="${middle}" y="${top - 4}" text-anchor="middle">${readable(value)}</text>`;
    });
    return [label, ...columns];
  });
  return figure(`${rules(up)}${drawn.join('')}${axisNames('', y)}`, series);
}

/** One row of an interval plot: the range as a bar, the estimate as a dot; `low` and `high` span all rows. */
export function intervalMark(interval: Interval, low: number, high: number): string {
  const at = (value: number): string => (6 + (188 * (value - low)) / Math.max(high - low, 1e-12)).toFixed(1);
  const { estimate } = interval;
  if (![estimate, interval.low, interval.high].every(Number.isFinite)) return '';
  return `<svg class="interval" viewBox="0 0 200 16" role="presentation"><path d="M6 8H194" stroke="var(--line)"/><path d="M${at(interval.low)} 8H${at(interval.high)}" stroke="${colour(0)}" stroke-width="5" stroke-linecap="round" opacity=".45"/><circle cx="${at(estimate)}" cy="8" r="4" fill="${colour(0)}"/></svg>`;
}

/** From values to shares of the plot's height or width, with round numbers on the way. */
type Scale = ((value: number) => number) & { readonly ticks: readonly number[] };

function scaleOf(values: readonly number[], fromZero: boolean): Scale {
  const [low, high] = values.reduce(
    ([a, b], value) => [Math.min(a, value), Math.max(b, value)],
    [fromZero ? 0 : (values[0] ?? 0), fromZero ? 0 : (values[0] ?? 1)],
  );
  const span = Math.max(high! - low!, Math.abs(high!) * 1e-3, 1e-9);
  const power = 10 ** Math.floor(Math.log10(span));
  const step = power * ([1, 0.5, 0.2].find((share) => span / (power * share) >= 3) ?? 0.2);
  const from = Math.floor(low! / step + 1e-9);
  const to = Math.max(from + 1, Math.ceil(high! / step - 1e-9));
  const ticks = Array.from({ length: to - from + 1 }, (_, i) => Number(((from + i) * step).toPrecision(9)));
  const scale = (value: number): number => (value - ticks[0]!) / (ticks.at(-1)! - ticks[0]!);
  return Object.assign(scale, { ticks });
}

const toX = (share: number): string => (FRAME.left + share * (WIDTH - FRAME.left - FRAME.right)).toFixed(1);
const toY = (share: number): string => (HEIGHT - FRAME.bottom - share * (HEIGHT - FRAME.top - FRAME.bottom)).toFixed(1);

function rules(up: Scale): string {
  return up.ticks
    .map((tick) => {
      const y = toY(up(tick));
      const label = `<text x="${FRAME.left - 8}" y="${Number(y) + 4}" text-anchor="end">${readable(tick)}</text>`;
      return `<path d="M${FRAME.left} ${y}H${WIDTH - FRAME.right}" stroke="var(--line)"/>${label}`;
    })
    .join('');
}

function axisNames(x: Name, y: Name): string {
  const below = `<text x="${WIDTH - FRAME.right}" y="${HEIGHT - 6}" text-anchor="end">${bilingualSvg(x)}</text>`;
  return `${below}<text x="${FRAME.left}" y="${HEIGHT - 6}">↑ ${bilingualSvg(y)}</text>`;
}

function dot(point: readonly [number, number], place: (point: readonly [number, number]) => string, i: number): string {
  const [x, y] = place(point).split(' ');
  return `<circle cx="${x}" cy="${y}" r="3" fill="${colour(i)}"/>`;
}

function figure(content: string, names: readonly Name[]): string {
  const marks = names.map((name, i) => `<span><i style="background:${colour(i)}"></i>${bilingual(name)}</span>`);
  const legend = `<figcaption class="legend">${marks.join('')}</figcaption>`;
  return `<figure>${legend}<svg class="chart" viewBox="0 0 ${WIDTH} ${HEIGHT}" role="img">${content}</svg></figure>`;
}

function thin<T>(points: readonly T[]): readonly T[] {
  const every = Math.ceil(points.length / MOST_POINTS);
  return every <= 1 ? points : points.filter((_, i) => i % every === 0 || i === points.length - 1);
}
