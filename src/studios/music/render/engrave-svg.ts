/**
 * Engraving: a score as pages of notation.
 *
 *   score ─▶ page score ─▶ stretches of bars ─▶ MusicXML ─▶ verovio ─▶ MEI + title block ─▶ SVG pages
 *
 * A stretch has a thousand notes or two, so that a long piece can be stopped between stretches; each begins a new page.
 */
import { setImmediate } from 'node:timers/promises';
import { writeMusicXml } from '../formats/index.ts';
import { refusal } from '../refusal.ts';
import { cutScore, hasPickup, type Score } from '../score/index.ts';
import { type Engraver, loadEngraver } from './engraver.ts';
import { languageOf, type PageLanguage, pageScore } from './page-score.ts';
import { finishPage } from './page-svg.ts';
import { withSignatures } from './signatures.ts';
import { stretchEnds } from './stretches.ts';
import { withTitleBlock } from './title-block.ts';

export interface EngraveOptions {
  /** Millimetres; default 210 × 297, A4. */
  readonly pageWidth?: number;
  readonly pageHeight?: number;
  /** Size of the notes, per cent of a staff 7.2 mm high; default 85. */
  readonly scale?: number;
  /** Of the names of instruments; default the language of the score. */
  readonly language?: PageLanguage;
  /** Only so many pages, for a preview. */
  readonly firstPages?: number;
  /** More are refused; default 300. */
  readonly mostPages?: number;
  readonly signal?: AbortSignal;
}

/** Notes of a stretch; verovio lays out about as many in a second or two. */
const STRETCH = 1500;
const MOST_PAGES = 300;
const PAPER = { width: 210, height: 297 };
const SCALE = 85;
/** Of the paper's edges, millimetres. */
const MARGIN = 14;

/**
 * The pages of a score as SVG, each a picture of its paper. Throws `music/too-many-pages`, `music/not-engraved`, and what the
 * signal gives as its reason.
 */
export async function engraveSvg(score: Score, options: EngraveOptions = {}): Promise<string[]> {
  const { firstPages = Number.POSITIVE_INFINITY, mostPages = MOST_PAGES, signal } = options;
  const page = pageScore(score, options.language ?? languageOf(score));
  const pages: string[] = [];
  let from = 0;
  for (const to of stretchEnds(page, STRETCH)) {
    signal?.throwIfAborted();
    const engraver = await loadEngraver();
    const firstBar = from + (hasPickup(score) && from > 0 ? 0 : 1);
    const stretch = cutScore(page, from, to);
    const xml = writeMusicXml(stretch, { firstBar });
    const mend = (mei: string): string => withSignatures(from === 0 ? withTitleBlock(mei, score) : mei, stretch);
    const wanted = Math.min(firstPages, mostPages + 1) - pages.length;
    pages.push(...engraveStretch(engraver, xml, mend, options, wanted));
    if (pages.length >= firstPages) break;
    if (pages.length > mostPages) throw tooManyPages(mostPages);
    from = to;
    await setImmediate();
  }
  return pages;
}

/** The first pages of a stretch; `mend` changes the engraver's own document before it is drawn. */
function engraveStretch(
  { toolkit, log }: Engraver,
  xml: string,
  mend: (mei: string) => string,
  options: EngraveOptions,
  most: number,
): string[] {
  toolkit.setOptions(engraverOptions(options));
  toolkit.resetXmlIdSeed(1);
  if (!toolkit.loadData(xml)) throw notEngraved(log());
  const mei = toolkit.getMEI();
  const mended = mend(mei);
  if (mended !== mei && !toolkit.loadData(mended)) throw notEngraved(log());
  const { pageWidth = PAPER.width, pageHeight = PAPER.height } = options;
  const paper = { width: pageWidth, height: pageHeight };
  const count = Math.min(most, toolkit.getPageCount());
  return Array.from({ length: count }, (_, i) => finishPage(toolkit.renderToSVG(i + 1), paper));
}

function engraverOptions({
  pageWidth = PAPER.width,
  pageHeight = PAPER.height,
  scale = SCALE,
}: EngraveOptions): Record<string, unknown> {
  // Verovio counts tenths of millimetres before scaling.
  const size = (millimetres: number): number => Math.round((millimetres * 1000) / scale);
  return {
    pageWidth: size(pageWidth),
    pageHeight: size(pageHeight),
    pageMarginTop: size(MARGIN),
    pageMarginBottom: size(MARGIN),
    pageMarginLeft: size(MARGIN),
    pageMarginRight: size(MARGIN),
    scale: 100,
    header: 'auto',
    footer: 'none',
    breaks: 'auto',
    smuflTextFont: 'none',
    lyricSize: 4.2,
    lyricTopMinMargin: 3,
    harmDist: 1.4,
    spacingStaff: 10,
    spacingSystem: 14,
    justifyVertically: true,
    justificationMaxVertical: 0.15,
    minLastJustification: 0.6,
    svgViewBox: true,
    xmlIdSeed: 1,
  };
}

function tooManyPages(most: number): Error {
  return refusal(
    'input',
    'music/too-many-pages',
    { en: `The score needs more than ${most} pages.`, zh: `乐谱超过 ${most} 页。` },
    { en: 'Engrave it in parts, or ask for its first pages.', zh: '请分段排版，或只要前几页。' },
  );
}

function notEngraved(log: string): Error {
  return refusal(
    'bug',
    'music/not-engraved',
    { en: `The engraver refused the score: ${log.slice(0, 300)}`, zh: `排版程序拒绝了这份乐谱：${log.slice(0, 300)}` },
    {
      en: 'Export the score as MusicXML and open it in a notation program; please report it.',
      zh: '请导出 MusicXML 用打谱软件打开，并报告此问题。',
    },
  );
}
