/** Draws a run's losses as an SVG: every step faint, their running mean, and the validation as dots. */
import type { LogLine } from './train-log.ts';

const [WIDTH, HEIGHT] = [760, 420];
const FRAME = { left: 60, right: 20, top: 40, bottom: 50 };
const MOST_POINTS = 600;

/** The picture of a log; logs without lines give an empty frame. */
export function formatLossPlot(lines: readonly LogLine[], title: string): string {
  const last = lines.at(-1)?.step ?? 1;
  const values = lines.flatMap(({ loss, validationLoss }) => [
    loss,
    ...(validationLoss === undefined ? [] : [validationLoss]),
  ]);
  const [low, high] = values.length === 0 ? [0, 1] : [Math.floor(Math.min(...values)), Math.ceil(Math.max(...values))];
  const x = (step: number): number => FRAME.left + (step / last) * (WIDTH - FRAME.left - FRAME.right);
  const y = (loss: number): number =>
    HEIGHT - FRAME.bottom - ((loss - low) / Math.max(1e-9, high - low)) * (HEIGHT - FRAME.top - FRAME.bottom);
  const path = (points: readonly (readonly [number, number])[]): string =>
    points.map(([step, loss], i) => `${i === 0 ? 'M' : 'L'}${x(step).toFixed(1)} ${y(loss).toFixed(1)}`).join('');
  const ticks = Array.from({ length: high - low + 1 }, (_, i) => low + i)
    .map(
      (loss) =>
        `<path d="M${FRAME.left} ${y(loss).toFixed(1)}H${WIDTH - FRAME.right}" stroke="#ddd"/>` +
        `<text x="${FRAME.left - 8}" y="${(y(loss) + 4).toFixed(1)}" text-anchor="end">${loss}</text>`,
    )
    .join('');
  const dots = lines
    .flatMap(({ step, validationLoss }) => (validationLoss === undefined ? [] : [[step, validationLoss] as const]))
    .map(([step, loss]) => `<circle cx="${x(step).toFixed(1)}" cy="${y(loss).toFixed(1)}" r="3.5" fill="#b3402a"/>`)
    .join('');
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${HEIGHT}" font-family="sans-serif" font-size="12" fill="#333">
<rect width="${WIDTH}" height="${HEIGHT}" fill="#fff"/>
<text x="${FRAME.left}" y="22" font-size="15">${escapeXml(title)}</text>
${ticks}
<path d="${path(thin(lines.map(({ step, loss }) => [step, loss])))}" fill="none" stroke="#3b6ea5" stroke-opacity=".3"/>
<path d="${path(thin(runningMean(lines)))}" fill="none" stroke="#3b6ea5" stroke-width="1.6"/>
${dots}
<text x="${WIDTH - FRAME.right}" y="${HEIGHT - 14}" text-anchor="end">步数 step: ${last}</text>
<text x="${FRAME.left}" y="${HEIGHT - 14}">— 训练损失 training loss (nats)　<tspan fill="#b3402a">●</tspan> 验证 validation</text>
</svg>
`;
}

/** Exponential mean over about a fiftieth of the run. */
function runningMean(lines: readonly LogLine[]): [number, number][] {
  const keep = 1 - 1 / Math.max(1, lines.length / 50);
  let mean = lines[0]?.loss ?? 0;
  return lines.map(({ step, loss }) => {
    mean = keep * mean + (1 - keep) * loss;
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
