/**
 * MusicXML → score: partwise or timewise, plain or compressed.
 *
 *   bytes ─▶ XML tree ─▶ parts, measure by measure (raw) ─▶ bars all parts agree on ─▶ whole notes at absolute ticks
 */
import { endOf, MOST_BARS, MOST_NOTES, parseScore, type Score, tidyScore, tooManyNotes } from '../../../score/index.ts';
import { tooManyBars } from '../../too-many-bars.ts';
import type { MusicReading } from '../../types.ts';
import { applyModes } from '../chinese-modes.ts';
import { SOFTWARE } from '../write/write-musicxml.ts';
import { parseXml, type XmlElement } from '../xml/index.ts';
import { badMusicXml, collectRemarks } from './bad-musicxml.ts';
import { buildBars } from './build-bars.ts';
import { buildPart } from './build-part.ts';
import { decodeFile } from './decode-file.ts';
import { partElements } from './part-elements.ts';
import type { RawPart, RawTime } from './raw.ts';
import { readHead } from './read-head.ts';
import { readPart } from './read-part.ts';
import { readPartList } from './read-part-list.ts';

const MOST_PARTS = 64;
const FINEST = 1_000_000;

/**
 * Reads a .musicxml or .mxl file. Throws `music/bad-xml`, `music/bad-musicxml`, `music/bad-archive`, `music/file-too-large`,
 * `music/too-many-notes`, `music/too-many-bars`.
 */
export function readMusicXml(bytes: Uint8Array): MusicReading {
  const { root, divisions } = parseDocument(decodeFile(bytes));
  const elements = partElements(root);
  if (elements.some(({ measures }) => measures.length > MOST_BARS)) throw tooManyBars();
  if (elements.length > MOST_PARTS) {
    throw badMusicXml(root, { en: `more than ${MOST_PARTS} parts`, zh: `声部超过 ${MOST_PARTS} 个` });
  }
  const { head, software, modes } = readHead(root);
  const remarks = collectRemarks();
  const ids = elements.map(({ id }) => id);
  const infos = readPartList(root, ids, software.includes(SOFTWARE));
  const ticks = resolution(divisions);
  const counter = { notes: 0 };
  const raws = elements.map((part, i) => readPart(part, { ticks, remarks, counter, drums: infos[i]!.drums }));
  const grid = buildBars(raws, ticks);
  const bars = modes === undefined ? grid : applyModes(grid, modes);
  const starts = bars.map(({ at }) => at);
  const parts = raws.map((raw, i) => buildPart(raw, infos[i]!, starts, endOf({ bars })));
  const score: Score = {
    version: 1,
    ...head,
    ticksPerQuarter: ticks,
    bars,
    tempos: buildTempos(raws, starts),
    chords: buildChords(raws, starts),
    parts,
  };
  return { score: parseScore(tidyScore(score)), warnings: remarks.list };
}

/** A sound is written as two notes on average at most; files with more are not even parsed. */
const MOST_WRITTEN = 2 * MOST_NOTES;

/** The tree, and all divisions in it. */
function parseDocument(text: string): { root: XmlElement; divisions: number[] } {
  const divisions = new Set<number>();
  let written = 0;
  for (let at = text.indexOf('<note'); at >= 0; at = text.indexOf('<note', at + 5)) {
    if (/[\s/>]/.test(text[at + 5] ?? '') && ++written > MOST_WRITTEN) throw tooManyNotes(written);
  }
  const root = parseXml(text, ({ name, text: value }) => {
    if (name === 'divisions') divisions.add(Number(value));
  });
  return { root, divisions: [...divisions].filter((n) => n > 0 && Number.isFinite(n)) };
}

/** Ticks of a quarter note in which all durations are whole, as far as they can be. */
function resolution(divisions: readonly number[]): number {
  return divisions.reduce((common, n) => {
    const whole = Number.isInteger(n) ? n : Math.ceil(n) * 16;
    const next = (common / gcd(common, whole)) * whole;
    return next <= FINEST ? next : common;
  }, 1);
}

function gcd(a: number, b: number): number {
  return b === 0 ? a : gcd(b, a % b);
}

const DEFAULT_BPM = 120;

function buildTempos(raws: readonly RawPart[], starts: readonly number[]): Score['tempos'] {
  const byTime = new Map<number, Score['tempos'][number]>();
  for (const { tempos } of raws) {
    for (const { measure, offset, ...tempo } of tempos) {
      const at = starts[measure]! + offset;
      if (!byTime.get(at)?.text) byTime.set(at, { ...byTime.get(at), ...tempo, at });
    }
  }
  if (!byTime.has(0)) byTime.set(0, { at: 0, quarterBpm: DEFAULT_BPM });
  return [...byTime.values()].sort((a, b) => a.at - b.at);
}

function buildChords(raws: readonly RawPart[], starts: readonly number[]): Score['chords'] {
  const at = ({ measure, offset }: RawTime): number => starts[measure]! + offset;
  const speaking = raws.find(({ chords }) => chords.length > 0);
  return (speaking?.chords ?? []).map((chord) => ({ at: at(chord), symbol: chord.symbol })).sort((a, b) => a.at - b.at);
}
