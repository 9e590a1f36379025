/**
 * A picture out of words: noise, made less by the network step by step, told each time what the words say and what they do not.
 *
 *   words ─▶ encoder ─▶ vectors ─┐
 *   noise ─▶ latent ─▶ [ network, guided ─▶ sampler ] × steps ─▶ decoder ─▶ picture
 *   picture ─▶ encoder ─▶ with noise ─┘ from the middle of the way            │ where it shall stay: the given picture
 */
import { createRandom } from '../../../core/index.ts';
import { type CallContext, HandlerFault } from '../../../isolation/index.ts';
import type { PixelPlanes } from '../../../kernel/index.ts';
import type { PipelineFiles } from '../pipeline-files.ts';
import { createSampler, type SamplerName } from '../sampling/samplers.ts';
import { type PromptWords, readPromptWords, type WeightedWords } from './prompt-words.ts';
import { numbersOf, openSession, type Session, tensorFor } from './sessions.ts';

export interface PaintInput {
  /** Width and height in pixels. */
  readonly size: readonly [number, number];
  readonly words: readonly WeightedWords[];
  readonly without: readonly WeightedWords[];
  readonly between?: { readonly words: readonly WeightedWords[]; readonly share: number };
  readonly seed: string | number;
  readonly steps: number;
  readonly guidance: number;
  readonly sampler?: SamplerName;
  readonly from?: PixelPlanes;
  readonly strength: number;
  readonly keep?: PixelPlanes;
}

export interface Pipeline {
  readonly files: PipelineFiles;
  readonly words: PromptWords;
  readonly reader: Session;
  readonly painter: Session;
  readonly decoder: Session;
  readonly encoder: Session | undefined;
}

/** Opens all networks of a folder. */
export async function openPipeline(folder: string, files: PipelineFiles, threads: number): Promise<Pipeline> {
  const open = (part: string): Promise<Session> => openSession(`${folder}/${part}/model.onnx`, threads);
  const pipeline = {
    files,
    words: readPromptWords(`${folder}/tokenizer`),
    reader: await open('text_encoder'),
    painter: await open(files.painter),
    decoder: await open('vae_decoder'),
    encoder: files.encodes ? await open('vae_encoder') : undefined,
  };
  const known = ['sample', 'hidden_states', 'timestep', 'encoder_hidden_states'];
  const unknown = pipeline.painter.inputs.find((input) => !known.includes(input));
  if (unknown !== undefined)
    throw new HandlerFault('cannot', `its network wants '${unknown}'`, `它的网络需要“${unknown}”`);
  return pipeline;
}

/** Paints; tells the share that is done, with a look at it after each quarter. */
export async function paint(
  pipeline: Pipeline,
  input: PaintInput,
  { signal, event }: CallContext,
): Promise<PixelPlanes> {
  const { files } = pipeline;
  const shape = [1, files.latentChannels, input.size[1] / files.patch, input.size[0] / files.patch] as const;
  const count = shape[1] * shape[2] * shape[3];
  const random = createRandom(input.seed);
  const noise = (): Float32Array => Float32Array.from({ length: count }, () => random.normal());
  const sampler = createSampler(files.scheduler, input.steps, input.sampler);
  const wanted = await vectorsOf(pipeline, input);
  const unwanted = input.guidance === 1 ? undefined : await read(pipeline, input.without);
  const first = noise();
  const clean = input.from && (await encode(pipeline, input.from));
  const start = clean ? input.steps - Math.min(input.steps, Math.floor(input.steps * input.strength)) : 0;
  let x = clean
    ? sampler.addNoise(clean, first, Math.min(start, input.steps - 1))
    : first.map((value) => value * sampler.scale);
  if (clean && start === input.steps) x = clean;
  const mask = input.keep && latentMask(input.keep, shape);
  for (let i = start; i < input.steps; i++) {
    if (signal.aborted) throw new HandlerFault('cannot', 'stopped', '已停止');
    const moment = sampler.moments[i]!;
    const said = await predict(pipeline, sampler.input(x, i), moment, shape, wanted, unwanted, input.guidance);
    const look = halfway(i - start + 1, input.steps - start) ? sampler.clean(said, i, x) : undefined;
    x = sampler.step(said, i, x, noise);
    if (mask && clean) x = blend(x, i + 1 < input.steps ? sampler.addNoise(clean, first, i + 1) : clean, mask);
    const done = (i - start + 1) / (input.steps - start + 1);
    event({ done, ...(look && { preview: await decode(pipeline, look, shape) }) });
  }
  const made = await decode(pipeline, x, shape);
  return input.from && input.keep ? keepPixels(made, input.from, input.keep) : made;
}

/** After a quarter, a half and three quarters of a longer way. */
function halfway(step: number, steps: number): boolean {
  return steps >= 4 && step < steps && Math.floor((step * 4) / steps) > Math.floor(((step - 1) * 4) / steps);
}

async function vectorsOf(pipeline: Pipeline, { words, between }: PaintInput): Promise<Vectors> {
  const from = await read(pipeline, words);
  if (!between) return from;
  const to = await read(pipeline, between.words);
  return { ...from, data: from.data.map((value, i) => value + (to.data[i]! - value) * between.share) };
}

/** (1, T, C) */
interface Vectors {
  readonly data: Float32Array;
  readonly width: number;
}

/** What the encoder makes of words; weights pull vectors out or in, and their mean stays. */
async function read({ reader, words }: Pipeline, parts: readonly WeightedWords[]): Promise<Vectors> {
  const { ids, weights } = words.read(parts);
  const shape = [1, ids.length];
  const feeds = Object.fromEntries(
    reader.inputs.map((name) => [name, tensorFor(reader, name, name === 'input_ids' ? ids : ids.map(() => 1), shape)]),
  );
  const output = await reader.run(feeds);
  const data = numbersOf((output.last_hidden_state ?? output[reader.outputs[0]!])!);
  const width = data.length / ids.length;
  if (weights.every((weight) => weight === 1)) return { data, width };
  const pulled = data.map((value, i) => value * weights[Math.floor(i / width)]!);
  const mean = (values: Float32Array): number => values.reduce((sum, value) => sum + value, 0) / values.length;
  const back = mean(data) / (mean(pulled) || 1);
  return { data: pulled.map((value) => value * back), width };
}

/** The network's answer: away from what is not wanted, towards what is. */
async function predict(
  { painter }: Pipeline,
  x: Float32Array,
  moment: number,
  shape: readonly [number, number, number, number],
  wanted: Vectors,
  unwanted: Vectors | undefined,
  guidance: number,
): Promise<Float32Array> {
  const rows = unwanted ? 2 : 1;
  const latent = painter.inputs.includes('sample') ? 'sample' : 'hidden_states';
  const twice = (values: Float32Array): Float32Array => (unwanted ? join(values, values) : values);
  const whole = /int/.test(painter.typeOf('timestep'));
  const moments = new Array(rows).fill(whole ? Math.trunc(moment) : moment);
  const context = unwanted ? join(unwanted.data, wanted.data) : wanted.data;
  const { [painter.outputs[0]!]: output } = await painter.run({
    [latent]: tensorFor(painter, latent, twice(x), [rows, ...shape.slice(1)]),
    timestep: tensorFor(painter, 'timestep', moments, [rows]),
    encoder_hidden_states: tensorFor(painter, 'encoder_hidden_states', context, [
      rows,
      wanted.data.length / wanted.width,
      wanted.width,
    ]),
  });
  const said = numbersOf(output!);
  if (said.length !== x.length * rows)
    throw new HandlerFault('broken-model', 'its network gives another size than it takes', '网络输出与输入大小不符');
  if (!unwanted) return said;
  return x.map((_, i) => said[i]! + guidance * (said[x.length + i]! - said[i]!));
}

function join(a: Float32Array, b: Float32Array): Float32Array {
  const both = new Float32Array(a.length + b.length);
  both.set(a);
  both.set(b, a.length);
  return both;
}

async function decode({ decoder, files }: Pipeline, x: Float32Array, shape: readonly number[]): Promise<PixelPlanes> {
  const [input, output] = [decoder.inputs[0]!, decoder.outputs[0]!];
  const latent = x.map((value) => value / files.scaling + files.shift);
  const { [output]: made } = await decoder.run({ [input]: tensorFor(decoder, input, latent, shape) });
  const [, channels, height, width] = made!.dims as [number, number, number, number];
  return { width, height, channels, data: numbersOf(made!).map((value) => Math.max(-1, Math.min(1, value))) };
}

async function encode(
  { encoder, files }: Pipeline,
  { data, width, height, channels }: PixelPlanes,
): Promise<Float32Array> {
  if (!encoder)
    throw new HandlerFault(
      'cannot',
      'it has no vae_encoder to begin from a picture',
      '缺少 vae_encoder，无法从图片开始',
    );
  const size = width * height;
  const colours = channels === 3 ? data : Float32Array.from({ length: size * 3 }, (_, i) => data[i % size]!);
  const [input, output] = [encoder.inputs[0]!, encoder.outputs[0]!];
  const { [output]: made } = await encoder.run({ [input]: tensorFor(encoder, input, colours, [1, 3, height, width]) });
  // Some exports give mean and spread, some a draw: the mean comes first.
  const count = files.latentChannels * (height / files.patch) * (width / files.patch);
  return numbersOf(made!)
    .slice(0, count)
    .map((value) => (value - files.shift) * files.scaling);
}

/** 1 where it stays, one value a latent for all channels. */
function latentMask(
  { width, height, data }: PixelPlanes,
  [, channels, high, wide]: readonly [number, number, number, number],
): Float32Array {
  return Float32Array.from({ length: channels * high * wide }, (_, i) => {
    const [x, y] = [i % wide, Math.floor(i / wide) % high];
    const at = Math.floor(((y + 0.5) * height) / high) * width + Math.floor(((x + 0.5) * width) / wide);
    return (data[at]! + 1) / 2;
  });
}

function blend(x: Float32Array, kept: Float32Array, mask: Float32Array): Float32Array {
  return x.map((value, i) => value + (kept[i]! - value) * mask[i]!);
}

function keepPixels(made: PixelPlanes, from: PixelPlanes, { data }: PixelPlanes): PixelPlanes {
  const size = made.width * made.height;
  const kept = (i: number): number => from.data[from.channels === 1 ? i % size : i]!;
  const mixed = made.data.map((value, i) => value + ((kept(i) - value) * (data[i % size]! + 1)) / 2);
  return { ...made, data: mixed };
}
