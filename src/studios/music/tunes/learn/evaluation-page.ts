/** What learning has changed, as a page: numbers on held-out pieces, the loss, and tunes of both models to look at. */
import type { Made } from '../../../../kernel/index.ts';
import { midiOf, type Score } from '../../score/index.ts';
import type { CopyReport } from '../../theory/index.ts';
import type { Style } from '../events/index.ts';
import type { TuneWish } from '../wish.ts';
import type { TunePiece } from './documents.ts';
import { metreOf, type StyleByMetre } from './find-styles.ts';
import { both, curve, escaped, formatPage, heading, table } from './page.ts';

/** A tune that a model wrote, and what it has in common with known ones. */
export interface WrittenTune {
  readonly score: Score;
  readonly copies: CopyReport;
}

/** Two tunes on one wish, that of a held-out piece. */
export interface SampleTune {
  readonly asked: string;
  readonly wish: TuneWish;
  readonly before: WrittenTune | undefined;
  readonly after: WrittenTune | undefined;
}

export interface LearningFindings {
  readonly base: string;
  readonly tunes: number;
  /** Pieces held out. */
  readonly heldOut: number;
  readonly events: number;
  readonly natsPerEvent: number;
  readonly baseNatsPerEvent: number;
  readonly styles: StyleByMetre;
  readonly samples: readonly SampleTune[];
}

/** What a held-out piece would have been asked for: its metre, key, tempo, length and range, not its notes. */
export function wishOf(piece: TunePiece, styles: StyleByMetre): TuneWish {
  const { score } = piece;
  const metre = metreOf(piece) as NonNullable<TuneWish['metre']>;
  const { tonic, mode } = score.bars[0]!.key;
  const notes = score.parts[0]!.notes;
  const heights = notes.map(({ pitch }) => midiOf(pitch));
  const of = (height: number): string => notes[heights.indexOf(height)]!.pitch;
  const style: Style | undefined = styles[metre];
  return {
    ...(style && { style }),
    metre,
    tonic,
    mode,
    quarterBpm: Math.min(300, Math.max(20, Math.round(score.tempos[0]!.quarterBpm))),
    bars: Math.min(32, 8 * Math.max(1, Math.round(score.bars.length / 8))),
    range: [of(Math.min(...heights)), of(Math.max(...heights))],
  };
}

/** The page, with a picture and the notes of every tune. */
export async function formatEvaluationPage(found: LearningFindings, model: Made): Promise<string> {
  const { base, natsPerEvent, baseNatsPerEvent, events, heldOut, styles } = found;
  const share = Math.round(100 * (1 - Math.exp(natsPerEvent - baseNatsPerEvent)));
  const points = (model.curve ?? []) as unknown as readonly (readonly [number, number])[];
  const pairs: string[] = [];
  for (const sample of found.samples) pairs.push(await formatPair(sample, base));
  return formatPage({ zh: '训练前后', en: 'Before and after' }, [
    `<p>${both({
      en: `On ${heldOut} held-out pieces (${events} events) that neither model has read, the new model wavers between ${share} % fewer events than ${base}.`,
      zh: `在两个模型都没读过的 ${heldOut} 首曲子（${events} 个事件）上，新模型犹豫的余地比 ${base} 少 ${share} %。`,
    })}</p>`,
    table(
      [
        { zh: '', en: '' },
        { zh: '你的模型', en: 'your model' },
        { zh: '基础模型', en: 'base' },
      ],
      [
        [
          { zh: '每个事件的惊讶（奈特），越低越好', en: 'nats per event on held-out pieces; lower is better' },
          natsPerEvent.toFixed(4),
          baseNatsPerEvent.toFixed(4),
        ],
        [{ zh: '训练步数', en: 'steps' }, String(model.steps), ''],
      ],
    ),
    heading('听作的风格', 'Taken for'),
    table(
      [
        { zh: '拍号', en: 'metre' },
        { zh: '风格', en: 'style' },
      ],
      Object.entries(styles),
    ),
    heading('学习过程', 'While it learned'),
    curve(points),
    heading('同样的要求，两首曲子', 'The same wishes, two tunes'),
    ...pairs,
  ]);
}

async function formatPair({ asked, wish, before, after }: SampleTune, base: string): Promise<string> {
  const { style, metre, tonic, mode, bars } = wish;
  const words = [style, metre, `${tonic} ${mode}`, `${bars} bars`].filter((word) => word !== undefined).join(' · ');
  const titles = [both({ zh: `基础模型 ${base}`, en: 'base' }), both({ zh: '你的模型', en: 'your model' })];
  const cells: string[] = [];
  for (const [i, tune] of [before, after].entries())
    cells.push(`<div><b>${titles[i]}</b>${await formatTune(tune)}</div>`);
  return `<h3>${escaped(words)}</h3><p>${both({ zh: `所据：${asked}`, en: `asked as of: ${asked}` })}</p><div class="pair">${cells.join('')}</div>`;
}

async function formatTune(tune: WrittenTune | undefined): Promise<string> {
  if (!tune) return `<p>${both({ zh: '在这些要求下没有写成。', en: 'No tune could be finished.' })}</p>`;
  const [{ pianoRollSvg }, { writeAbc }, { formatJianpu }] = await Promise.all([
    import('../../render/index.ts'),
    import('../../formats/index.ts'),
    import('../../jianpu/index.ts'),
  ]);
  const texts = [writeAbc(tune.score), formatJianpu(tune.score)];
  return `${pianoRollSvg(tune.score, { width: 560 })}<p>${copiesLine(tune.copies)}</p><details><summary>ABC · 简谱</summary>${texts.map((text) => `<pre>${escaped(text)}</pre>`).join('')}</details>`;
}

function copiesLine({ intervals }: CopyReport): string {
  if (!intervals) return both({ zh: '与已知曲子无相同片段', en: 'nothing in common with known tunes' });
  const bars = intervals.bars.toFixed(1);
  return both({
    zh: `与已知曲子最长相同：${bars} 小节（${intervals.title}）`,
    en: `longest stretch in common with a known tune: ${bars} bars (${intervals.title})`,
  });
}
