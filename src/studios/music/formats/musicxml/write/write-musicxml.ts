/** A score as MusicXML 4.0, partwise. */
import { strToU8, zipSync } from 'fflate';
import { hasPickup, type Score, sortPart, tidyScore } from '../../../score/index.ts';
import { formatModes, MODES_FIELD } from '../chinese-modes.ts';
import { notatePart } from '../notation/index.ts';
import { inverse, soundingInterval } from '../transposition.ts';
import { type Attributes, element, textElement } from '../xml/index.ts';
import { clockFor } from './clock.ts';
import { writePart } from './write-part.ts';
import { writePartList } from './write-part-list.ts';

const DECLARATION =
  '<?xml version="1.0" encoding="UTF-8"?>\n<!DOCTYPE score-partwise PUBLIC "-//Recordare//DTD MusicXML 4.0 Partwise//EN" "http://www.musicxml.org/dtds/partwise.dtd">\n';

/** The program that wrote the file, as its encoding says. */
export const SOFTWARE = 'LLMAgentOS';

export interface MusicXmlOptions {
  /** Number of the first bar; default 1, or 0 for a pickup. */
  readonly firstBar?: number;
}

/**
 * Writes a score as MusicXML text. Not held by the format: locked notes, the gain of a part, tuning, and accidentals beyond
 * the mode's signature in transposing parts.
 */
export function writeMusicXml(score: Score, { firstBar = hasPickup(score) ? 0 : 1 }: MusicXmlOptions = {}): string {
  const tidy = tidyScore({ ...score, parts: score.parts.map(sortPart) });
  const parts = tidy.parts.map((part) => {
    const sounding = soundingInterval(tidy, part);
    const bars = notatePart(tidy, part, sounding ? { transposition: inverse(sounding) } : {});
    return { part, sounding, bars };
  });
  const clock = clockFor(
    parts.map(({ bars }) => bars),
    tidy.ticksPerQuarter,
  );
  const written = parts.map(({ part, sounding, bars }, i) =>
    writePart({ score: tidy, part, first: i === 0, firstBar, bars, clock, sounding }),
  );
  const root = element(
    'score-partwise',
    { version: '4.0' },
    writeHead(tidy),
    writePartList(tidy.parts),
    written.join('\n'),
  );
  return `${DECLARATION}${root}\n`;
}

/** Writes a score as a compressed .mxl archive. */
export function writeMxl(score: Score): Uint8Array {
  const container = element(
    'container',
    {},
    element(
      'rootfiles',
      {},
      element('rootfile', { 'full-path': 'score.musicxml', 'media-type': 'application/vnd.recordare.musicxml+xml' }),
    ),
  );
  const mtime = '1980-01-01T00:00:00';
  return zipSync(
    {
      'META-INF/container.xml': strToU8(`<?xml version="1.0" encoding="UTF-8"?>\n${container}\n`),
      'score.musicxml': strToU8(writeMusicXml(score)),
    },
    { mtime },
  );
}

function writeHead({ title, subtitle, composer, lyricist, copyright, language, bars }: Score): string {
  const optional = (text: string | undefined, write: (text: string) => string): string =>
    text === undefined || text === '' ? '' : write(text);
  return [
    optional(title, (text) => element('work', {}, textElement('work-title', text))),
    optional(subtitle, (text) => textElement('movement-title', text)),
    element(
      'identification',
      {},
      optional(composer, (text) => textElement('creator', text, { type: 'composer' })),
      optional(lyricist, (text) => textElement('creator', text, { type: 'lyricist' })),
      optional(copyright, (text) => textElement('rights', text)),
      element('encoding', {}, textElement('software', SOFTWARE)),
      optional(formatModes(bars), (text) =>
        element('miscellaneous', {}, textElement('miscellaneous-field', text, { name: MODES_FIELD })),
      ),
    ),
    optional(language, (text) => element('defaults', {}, element('lyric-language', { 'xml:lang': text }))),
    optional(title, (text) => credit('title', text, { justify: 'center', valign: 'top', 'font-size': 22 })),
    optional(subtitle, (text) => credit('subtitle', text, { justify: 'center', valign: 'top', 'font-size': 14 })),
    optional(lyricist, (text) => credit('lyricist', text, { justify: 'left', valign: 'bottom', 'font-size': 11 })),
    optional(composer, (text) => credit('composer', text, { justify: 'right', valign: 'bottom', 'font-size': 11 })),
  ].join('\n');
}

/** Words on the first page. */
function credit(type: string, text: string, style: Attributes): string {
  return element('credit', { page: 1 }, textElement('credit-type', type), textElement('credit-words', text, style));
}
