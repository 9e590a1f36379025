/** Has the product compose what is asked, through its own op with its own defaults, and keeps what it wrote. */
import { appendFileSync, existsSync, readFileSync } from 'node:fs';
import { createRandom } from '../../src/core/index.ts';
import type { TokenModel } from '../../src/kernel/index.ts';
import { writeMusicXml } from '../../src/studios/music/formats/index.ts';
import { composeMusic } from '../../src/studios/music/ops/compose.ts';
import { parseScore } from '../../src/studios/music/score/index.ts';
import type { TuneWish } from '../../src/studios/music/tunes/index.ts';
import { readWritten, type WrittenTune } from './read-written.ts';
import type { AskedTune } from './wishes.ts';

/** A tune that was made: what was asked, what the product says it chose, and what stands in its MusicXML. */
export interface MadeTune {
  readonly asked: AskedTune;
  readonly wish: TuneWish & { readonly tonic: string; readonly mode: string; readonly metre: string };
  readonly written: WrittenTune;
  readonly instruments: readonly string[];
  readonly seconds: number;
}

export interface MakeOptions {
  /** By rule when absent. */
  readonly model?: TokenModel | undefined;
  readonly candidates?: number | undefined;
  /** Where tunes are kept, a line each; those that are there already are not made again. */
  readonly file: string;
  /** No tune is begun after so many minutes. */
  readonly minutes: number;
}

/** Makes what is missing; gives all that there is. */
export async function makeTunes(asked: readonly AskedTune[], options: MakeOptions): Promise<MadeTune[]> {
  const known = existsSync(options.file) ? readLines(options.file) : [];
  const done = new Map(known.map((tune) => [JSON.stringify(tune.asked), tune]));
  const began = performance.now();
  for (const each of asked) {
    if (done.has(JSON.stringify(each))) continue;
    if (performance.now() - began > options.minutes * 60_000) break;
    const made = await makeTune(each, options);
    done.set(JSON.stringify(each), made);
    appendFileSync(options.file, `${JSON.stringify(made)}\n`);
    if (done.size % 10 === 0) process.stderr.write(`${done.size} tunes, the last in ${made.seconds} s\n`);
  }
  return asked.flatMap((each) => done.get(JSON.stringify(each)) ?? []);
}

function readLines(file: string): MadeTune[] {
  const lines = readFileSync(file, 'utf8').split('\n');
  return lines.filter((line) => line !== '').map((line) => JSON.parse(line) as MadeTune);
}

async function makeTune(asked: AskedTune, { model, candidates }: MakeOptions): Promise<MadeTune> {
  const { seed, style, metre } = asked;
  const began = performance.now();
  const context = {
    random: createRandom(seed),
    seed,
    signal: new AbortController().signal,
    tokenModel: async () => model!,
    soundModel: () => Promise.reject(new Error('composing makes no sound')),
    chatModel: () => Promise.reject(new Error('composing makes no sound')),
    pictureModel: () => Promise.reject(new Error('composing makes no sound')),
    pictureEye: () => Promise.reject(new Error('composing makes no sound')),
    gapFiller: () => Promise.reject(new Error('composing makes no sound')),
    readPicture: () => Promise.reject(new Error('music opens no pictures')),
    workshop: () => {
      throw new Error('composing needs no workshop');
    },
    progress: () => {},
    preview: () => {},
    breathe: async () => {},
  };
  const options = composeMusic.options.parse({
    style,
    ...(metre && { metre }),
    ...(candidates && { candidates }),
    ...(model && { model: 'tunes' }),
  });
  const { works, report } = await composeMusic.run(context, [], options);
  const [best] = works;
  if (!best || !('document' in best)) throw new Error(`seed ${seed} gave no tune`);
  const score = parseScore(best.document);
  return {
    asked,
    wish: (report as { direction: MadeTune['wish'] }).direction,
    written: readWritten(writeMusicXml(score)),
    instruments: score.parts.map(({ instrument }) => instrument),
    seconds: Number(((performance.now() - began) / 1000).toFixed(2)),
  };
}
