/**
 * Composes 500 tunes over all manners and metres through the op `music/compose` with its defaults, and has them judged by code
 * that shares nothing with the composer: it reads the MusicXML by means of its own.
 *
 *   wishes ─▶ music/compose ─▶ MusicXML ─▶ own reader ─▶ bars ▸ range ▸ key ▸ manner ▸ copies ▸ variety ─▶ results
 *
 *   node bench/five-hundred-tunes.ts DATA_FOLDER MELODIES_JSONL WORK_FOLDER (--by-rule | --model FOLDER)
 *        [--count 500] [--minutes 25] [--candidates N] [--judge-only]
 *
 * DATA_FOLDER holds the Irish tunes and the songs, MELODIES_JSONL is what recipes/tunes/prepare.ts lists. Tunes are kept in
 * WORK_FOLDER, so a run that was cut off goes on. The judge of manners learns from real tunes where there are any (six dances,
 * art songs); for the ten manners that no open collection has, from rule tunes of other seeds. `popular` has no melodies at all
 * and is judged in everything but its manner.
 */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { createHouseTokenModel } from '../src/drivers/house/index.ts';
import { findInstrument } from '../src/studios/music/instruments/index.ts';
import { midiOf } from '../src/studios/music/score/index.ts';
import { createMatcher } from './tunes/copies.ts';
import { type Bench, judge } from './tunes/judge.ts';
import { learnPresence } from './tunes/key-finder.ts';
import { makeTunes } from './tunes/make-tunes.ts';
import { readKnownMelodies, readRealTunes } from './tunes/read-known.ts';
import { report } from './tunes/report.ts';
import { teachClassifiers } from './tunes/teach-classifiers.ts';
import { testKeyFinder, withKeys } from './tunes/test-key-finder.ts';
import { askTeachers, askTunes } from './tunes/wishes.ts';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    'by-rule': { type: 'boolean', default: false },
    model: { type: 'string' },
    count: { type: 'string', default: '500' },
    minutes: { type: 'string', default: '25' },
    candidates: { type: 'string' },
    'judge-only': { type: 'boolean', default: false },
  },
});
const [dataFolder, melodiesFile, workFolder] = positionals;
if (workFolder === undefined || values['by-rule'] === (values.model !== undefined))
  throw new Error('usage: five-hundred-tunes.ts DATA_FOLDER MELODIES_JSONL WORK_FOLDER (--by-rule | --model FOLDER)');
mkdirSync(workFolder, { recursive: true });

const minutes = values['judge-only'] ? 0 : Number(values.minutes);
const teachers = await makeTunes(askTeachers(), { file: join(workFolder, 'teachers.jsonl'), candidates: 1, minutes });
await using model =
  values.model === undefined ? undefined : await createHouseTokenModel(values.model, { arithmetic: 'I8' });
const name = model ? `model-${model.identity.digest.slice(0, 12)}` : 'by-rule';
const made = await makeTunes(askTunes(Number(values.count)), {
  file: join(workFolder, `${name}.jsonl`),
  minutes,
  model,
  ...(values.candidates && { candidates: Number(values.candidates) }),
});

const real = readRealTunes(dataFolder!);
const known = readKnownMelodies(melodiesFile!);
const learnt = known.filter(({ source }) => source !== 'rules');
const classifiers = teachClassifiers(real, teachers);
const bench: Bench = {
  presence: learnPresence(withKeys(real)),
  classifiers,
  rangeOf(id) {
    const instrument = findInstrument(id)!;
    return instrument.percussion ? undefined : (instrument.range.map(midiOf) as [number, number]);
  },
  matchers: {
    // Rule tunes are compared with real ones alone: they are the rest of the training set.
    rhythm: createMatcher(model ? known : learnt, 'rhythm'),
    intervals: createMatcher(model ? known : learnt, 'intervals'),
  },
};
const judged = made.map((tune) => judge(tune, bench));
writeFileSync(join(workFolder, `${name}.judged.jsonl`), `${judged.map((one) => JSON.stringify(one)).join('\n')}\n`);
const result = {
  ...report(made, judged),
  judges: { style: classifiers.accuracy, key: testKeyFinder(real) },
};
const out = join(import.meta.dirname, 'results/five-hundred-tunes.json');
const before = readResults(out);
const entry = model ? 'byModel' : 'byRule';
const results = { ...before, [entry]: { ...(model && { model: model.identity.digest }), ...result } };
writeFileSync(out, `${JSON.stringify(results, null, 2)}\n`);
process.stdout.write(`${JSON.stringify(result, null, 1)}\n`);

function readResults(file: string): Record<string, unknown> {
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as Record<string, unknown>;
  } catch {
    return {};
  }
}
