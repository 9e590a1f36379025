/**
 * Our files in programs of others: MusicXML in verovio, ABC in abcjs.
 *
 *   node bench/music-loading.ts [--data FOLDER] [--tunes 300] [--songs 60]
 *
 * Tunes and songs are taken evenly through the collections. A MusicXML file passes when verovio loads it, says neither error nor
 * warning, and holds as many notes as the score (each tied piece of a note counts once, as it is written); an ABC file when abcjs
 * reads it without a warning and plays the same keys. A broken file of each kind must fail first, so that silence means something.
 * Writes bench/results/music-loading.json.
 */
import { writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { parseArgs } from 'node:util';
import { readIrishTunes, readSongs } from '../recipes/tunes/read-data.ts';
import { readAbc, writeAbc } from '../src/studios/music/formats/index.ts';
import { writeMusicXml } from '../src/studios/music/formats/musicxml/index.ts';
import { loadEngraver } from '../src/studios/music/render/engraver.ts';
import { midiOf, type Score } from '../src/studios/music/score/index.ts';

interface AbcTune {
  readonly warnings?: string[];
  setUpAudio(options: object): {
    readonly tracks: readonly (readonly { readonly cmd: string; readonly pitch?: number }[])[];
  };
}
const abcjs = createRequire(import.meta.url)('abcjs') as { parseOnly(text: string): AbcTune[] };
const { toolkit, log } = await loadEngraver();

const { values } = parseArgs({
  options: {
    data: { type: 'string', default: '../shared/data' },
    tunes: { type: 'string', default: '300' },
    songs: { type: 'string', default: '60' },
  },
});

/** What verovio has against a MusicXML text; empty when nothing. */
function inVerovio(text: string): string[] {
  const loaded = toolkit.loadData(text);
  const said = log()
    .split('\n')
    .filter((line) => /error|warning/i.test(line))
    .map((line) => line.replace(/[\d'"“”].*$/, '').trim());
  const written = text.match(/<note[ >]/g)?.length ?? 0;
  const silent = text.match(/<rest[ />]/g)?.length ?? 0;
  const held = toolkit.getMEI().match(/<note[ >]/g)?.length ?? 0;
  return [
    ...(loaded ? [] : ['it is not loaded']),
    ...new Set(said),
    ...(held === written - silent ? [] : ['it holds another number of notes']),
  ];
}

/** What abcjs has against an ABC text. */
function inAbcjs(text: string, score: Score): string[] {
  const [tune] = abcjs.parseOnly(text);
  if (!tune) return ['it is not loaded'];
  const warnings = (tune.warnings ?? []).map((one) => one.replace(/^Music Line:\d+:\d+: /, '').replace(/:.*$/s, ''));
  const unfolded = score.bars.some(({ repeatStart, repeatEnd }) => repeatStart || repeatEnd);
  const sounded = new Set(
    tune.setUpAudio({}).tracks.flatMap((track) => track.flatMap(({ cmd, pitch }) => (cmd === 'note' ? [pitch!] : []))),
  );
  const written = new Set(score.parts.flatMap(({ notes }) => notes.map(({ pitch }) => midiOf(pitch))));
  const same = unfolded || [...written].every((key) => sounded.has(key));
  return [...new Set(warnings), ...(same ? [] : ['it plays other keys'])];
}

const BROKEN = writeMusicXml(readAbc('X:1\nL:1/4\nK:C\nCDEF|').score).replace(
  '<type>quarter</type>',
  '<type>wrong</type>',
);
if (inVerovio(BROKEN).length === 0) throw new Error('verovio says nothing of a broken file');
if ((abcjs.parseOnly('X:1\nL:1/4\nK:C\nC7/9D ?|\n')[0]?.warnings ?? []).length === 0)
  throw new Error('abcjs says nothing of a broken file');

/** So many of a collection, evenly through it. */
const evenly = <T>(all: readonly T[], count: number): T[] =>
  Array.from(
    { length: Math.min(count, all.length) },
    (_, i) => all[Math.floor((i * all.length) / Math.min(count, all.length))]!,
  );

const collections = {
  irish: evenly(readIrishTunes(`${values.data}/music_cre_irish`), Number(values.tunes)),
  songs: evenly(readSongs(`${values.data}/music_openscore_lieder`), Number(values.songs)),
};
const results: Record<string, object> = {};
for (const [name, pieces] of Object.entries(collections)) {
  const why: Record<string, Record<string, { count: number; example: string }>> = { verovio: {}, abcjs: {} };
  const passed: Record<string, number> = { verovio: 0, abcjs: 0 };
  for (const { id, score } of pieces) {
    const found = { verovio: inVerovio(writeMusicXml(score)), abcjs: inAbcjs(writeAbc(score), score) };
    for (const [program, faults] of Object.entries(found)) {
      if (faults.length === 0) passed[program]! += 1;
      for (const fault of faults) {
        why[program]![fault] ??= { count: 0, example: id };
        why[program]![fault]!.count += 1;
      }
    }
  }
  results[name] = { pieces: pieces.length, passed, why };
  console.log(name, JSON.stringify(results[name]));
}
writeFileSync(new URL('results/music-loading.json', import.meta.url), `${JSON.stringify(results, null, 2)}\n`);
