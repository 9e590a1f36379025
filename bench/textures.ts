/**
 * Scores the texture model: does a simple judge, trained on rendered loops, hear what was asked for; do attributes do what they
 * say; does the loop close; is anything copied; what does the vocoder lose; how long does it take.
 *
 *   node bench/textures.ts MODEL LOOPS HELD_OUT [--each 3] [--only rain,bells] [--out bench/results/textures.json]
 */
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { createHouseSoundModel } from '../src/drivers/house/index.ts';
import { seamOf } from '../src/studios/music/textures/index.ts';
import { pictureMetrics, sound } from '../src/training/index.ts';
import { nearestTurned, smallOf } from './textures/copying.ts';
import { centroidOf, featuresOf, learnClasses } from './textures/features.ts';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    each: { type: 'string', default: '3' },
    most: { type: 'string', default: '1740' },
    only: { type: 'string' },
    out: { type: 'string', default: 'bench/results/textures.json' },
  },
});
const [folder, loops, heldOut] = positionals;
if (!folder || !loops || !heldOut) throw new Error('usage: textures.ts MODEL LOOPS HELD_OUT');
const source = sound.parseSoundSource(readFileSync(join(folder, 'sound.json'), 'utf8'), 'sound.json');
const options = sound.melOptions(source);

interface Loop {
  readonly samples: Float32Array;
  readonly picture: Float32Array;
  readonly tags: readonly string[];
}

function read(from: string, most: number): Loop[] {
  const files = readdirSync(from).filter((file) => file.endsWith('.wav'));
  const byNumber = files.toSorted((a, b) => Number(a.match(/(\d+)\.wav$/)![1]) - Number(b.match(/(\d+)\.wav$/)![1]));
  return byNumber.slice(0, most).map((file) => {
    const { samples } = sound.parseWav(readFileSync(join(from, file)), file);
    return { samples, picture: sound.spectrogramOf(samples, source), tags: sound.tagsOf(file) };
  });
}

const known = read(loops, Number(values.most));
const fresh = read(heldOut, 290);
const judge = learnClasses(known.map(({ picture, tags }) => ({ features: featuresOf(picture), name: tags[0]! })));
const share = (list: readonly boolean[]): number => list.filter(Boolean).length / list.length;
const median = (list: readonly number[]): number => list.toSorted((a, b) => a - b)[Math.floor(list.length / 2)]!;
const own = share(fresh.map(({ picture, tags }) => judge.classOf(featuresOf(picture)) === tags[0]));
console.log(`judge: ${judge.classes.length} classes, right on held-out loops ${own.toFixed(3)}`);

const asked = values.only?.split(',') ?? judge.classes;
await using model = await createHouseSoundModel(folder, { threads: 2 });
const make = async (labels: readonly string[], seed: string, length = model.loop): Promise<Float32Array> =>
  model.make({ labels, seed, length, guidance: 2.5, steps: 30 });

const made: { name: string; samples: Float32Array; picture: Float32Array; heard: string }[] = [];
for (const name of asked) {
  for (let n = 0; n < Number(values.each); n++) {
    const samples = await make([name], `bench/${n}`);
    const picture = sound.spectrogramOf(levelledAs(samples), source);
    made.push({ name, samples, picture, heard: judge.classOf(featuresOf(picture)) });
  }
}
const byClass = Object.fromEntries(
  asked.map((name) => [name, share(made.filter((one) => one.name === name).map(({ heard }) => heard === name))]),
);
console.log(byClass);

/** Attributes whose ends move the middle of the spectrum, over the classes in whose names they stand. */
const attributes: Record<string, number> = {};
for (const [low, high] of [
  ['dark', 'bright'],
  ['low', 'high'],
  ['far', 'near'],
] as const) {
  const right: boolean[] = [];
  for (const name of asked) {
    if (!known.some(({ tags }) => tags[0] === name && tags.includes(high))) continue;
    const [a, b] = [await make([name, low], 'attribute'), await make([name, high], 'attribute')];
    right.push(centroidOf(sound.spectrogramOf(a, source)) < centroidOf(sound.spectrogramOf(b, source)));
  }
  attributes[`${low} below ${high}`] = right.length === 0 ? Number.NaN : share(right);
}
console.log(attributes);

const small = known.map(({ picture }) => smallOf(picture));
const toMade = made.map(({ picture }) => nearestTurned(smallOf(picture), small));
const toFresh = fresh.slice(0, 145).map(({ picture }) => nearestTurned(smallOf(picture), small));
const near = toFresh.toSorted((a, b) => a - b)[Math.floor(0.05 * toFresh.length)]!;

const wholes = await vocoderDistances();
const length = Math.round(10 / (model.step / model.rate)) * model.step;
const began = performance.now();
const ten = await make(['rain'], 'ten', length);
const secondsPerTen = (performance.now() - began) / 1000 / (ten.length / model.rate / 10);
const again = await make(['rain'], 'ten', length);

const result = {
  model: { name: model.identity.name, digest: model.identity.digest, megabytes: megabytesOf(folder) },
  judge: { classes: judge.classes.length, trainedOn: known.length, rightOnHeldOut: own },
  agreement: { made: made.length, rate: share(made.map(({ name, heard }) => name === heard)), byClass },
  attributes,
  seam: {
    greatest: Math.max(...made.map(({ samples }) => seamOf(samples))),
    median: median(made.map(({ samples }) => seamOf(samples))),
    rendered: median(fresh.map(({ samples }) => seamOf(samples))),
    meaning: 'step over the seam as a share of the greatest step within',
  },
  copying: {
    nearestMedian: median(toMade),
    heldOutMedian: median(toFresh),
    suspiciouslyNear: share(toMade.map((distance) => distance < near)),
    expectedByChance: 0.05,
  },
  vocoder: wholes,
  secondsPerTenSeconds: secondsPerTen,
  sameSeedSameSound: ten.every((value, i) => value === again[i]),
};
writeFileSync(values.out, `${JSON.stringify(result, null, 2)}\n`);
const cardPath = join(folder, 'card.json');
const card = JSON.parse(readFileSync(cardPath, 'utf8')) as Record<string, unknown>;
const { agreement, copying, seam, vocoder, judge: judged } = result;
const scores = {
  ...(card.scores as object),
  agreement: agreement.rate,
  judge: judged.rightOnHeldOut,
  copying,
  seam: seam.greatest,
  vocoder,
};
writeFileSync(cardPath, `${JSON.stringify({ ...card, scores }, null, 2)}\n`);
console.log(JSON.stringify({ ...result, agreement: agreement.rate }, null, 1));

/** Made sounds at the level of rendered ones: root mean square 0.1, no peak above 0.9. */
function levelledAs(samples: Float32Array): Float32Array {
  let [peak, square] = [1e-9, 1e-12];
  for (const value of samples) {
    peak = Math.max(peak, Math.abs(value));
    square += value * value;
  }
  const factor = Math.min(0.9 / peak, 0.1 / Math.sqrt(square / samples.length));
  return samples.map((value) => factor * value);
}

/** Decibels between held-out loops and what comes back of their bands, by an even and by a learned beginning. */
async function vocoderDistances() {
  const stored = await sound.loadMelInverse(join(folder!, 'vocoder'));
  await using inverse = await sound.createMelInverse(stored.config, stored.parameters, { threads: 2 });
  const distances: Record<'even' | 'learned', number[]> = { even: [], learned: [] };
  for (const { samples, picture } of fresh.slice(0, 29)) {
    const mel = sound.pictureMel(picture, source.bands, source);
    const likely = await inverse.powers(picture);
    for (const [way, extra] of [
      ['even', {}],
      ['learned', { likely }],
    ] as const) {
      const back = sound.soundOf(mel, options, { rounds: 40, seed: 1, ...extra });
      distances[way].push(pictureMetrics.logSpectralDistance(samples, back));
    }
  }
  const mean = (list: readonly number[]): number => list.reduce((a, b) => a + b, 0) / list.length;
  return {
    logSpectralDistance: {
      leastSquaresAndGriffinLim: mean(distances.even),
      learnedAndGriffinLim: mean(distances.learned),
    },
    loops: distances.even.length,
  };
}

function megabytesOf(model: string): number {
  const files = [join(model, 'model.safetensors'), join(model, 'vocoder', 'model.safetensors')];
  return files.reduce((sum, file) => sum + readFileSync(file).length / 1e6, 0);
}
