/**
 * Any network as an ONNX file with a manifest that names what goes in and what comes out:
 *
 *   style.onnx    style.onnx.json  { "inputs": [{ "name": "sketch", "type": "f32", "shape": ["N", 1, 64, 64] }], "outputs": […] }
 *
 * A named axis may have any length, the same in all inputs of one call. The file is compared with the manifest once, and
 * every call before it runs, so that a mistake is a sentence and not a crash.
 */
import '../../core/no-telemetry.ts';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import * as ort from 'onnxruntime-node';
import { z } from 'zod';
import { defaultThreads, type Feed, type TensorData } from '../graph/index.ts';
import type { ModelCard } from '../model/card.ts';
import { writeDurably } from '../model/durable.ts';
import { refused } from './foreign-model.ts';

const PORT = z.object({
  name: z.string().min(1),
  type: z.enum(['f32', 'i32', 'i64', 'u8', 'bool']),
  shape: z.array(z.union([z.int().nonnegative(), z.string().min(1)])).max(8),
});
const MANIFEST = z.object({ inputs: z.array(PORT).min(1), outputs: z.array(PORT).min(1) });

/** One named input or output. */
export type OnnxPort = z.infer<typeof PORT>;
/** What a network takes and gives. */
export type OnnxManifest = z.infer<typeof MANIFEST>;

/** A loaded network. */
export interface OnnxModel extends AsyncDisposable {
  readonly manifest: OnnxManifest;
  /** Runs on inputs by name; throws `training/import-refused` when they do not fit the manifest. */
  run(feeds: Readonly<Record<string, Feed>>): Promise<Record<string, Feed>>;
}

const TYPES = { f32: 'float32', i32: 'int32', i64: 'int64', u8: 'uint8', bool: 'bool' } as const;

/** Loads the network of a folder that `importModel` wrote, or any ONNX file with its manifest. */
export async function createOnnxModel(path: string, options: { readonly threads?: number } = {}): Promise<OnnxModel> {
  const manifest = await readManifest(path);
  const session = await openSession(path, options.threads ?? defaultThreads());
  checkPorts(path, 'input', manifest.inputs, session.inputNames);
  checkPorts(path, 'output', manifest.outputs, session.outputNames);
  return {
    manifest,
    run: async (feeds) => {
      checkFeeds(path, manifest.inputs, feeds);
      const values = manifest.inputs.map(({ name, type }): [string, ort.Tensor] => {
        const { data, shape } = feeds[name]!;
        return [name, new ort.Tensor(TYPES[type], data as Float32Array, shape)];
      });
      const results = await session.run(
        Object.fromEntries(values),
        manifest.outputs.map(({ name }) => name),
      );
      return Object.fromEntries(
        manifest.outputs.map(({ name }) => [
          name,
          { data: results[name]!.data as TensorData, shape: results[name]!.dims },
        ]),
      );
    },
    [Symbol.asyncDispose]: () => session.release(),
  };
}

/** Checks a file against its manifest and copies both into a folder with a card; returns the card. */
export async function importOnnx(source: string, folder: string, card: ModelCard): Promise<ModelCard> {
  await using model = await createOnnxModel(source);
  const path = join(folder, 'model.onnx');
  await writeDurably(path, await readFile(source));
  await writeDurably(`${path}.json`, `${JSON.stringify(model.manifest, null, 2)}\n`);
  await writeDurably(join(folder, 'card.json'), `${JSON.stringify(card, null, 2)}\n`);
  return card;
}

async function readManifest(path: string): Promise<OnnxManifest> {
  const text = await readFile(`${path}.json`, 'utf8').catch(() => {
    throw refused('missing', path, `there is no manifest '${path}.json'`, `缺少清单“${path}.json”`);
  });
  try {
    return MANIFEST.parse(JSON.parse(text));
  } catch (cause) {
    const reason = cause instanceof z.ZodError ? z.prettifyError(cause).replace(/\s*\n\s*/g, ' ') : String(cause);
    throw refused('input', `${path}.json`, reason, reason);
  }
}

async function openSession(path: string, threads: number): Promise<ort.InferenceSession> {
  try {
    return await ort.InferenceSession.create(path, {
      executionProviders: ['cpu'],
      intraOpNumThreads: threads,
      logSeverityLevel: 3,
    });
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw refused('input', path, `ONNX Runtime will not load it (${reason})`, `ONNX Runtime 无法加载（${reason}）`);
  }
}

function checkPorts(path: string, kind: string, ports: readonly OnnxPort[], found: readonly string[]): void {
  const unknown = ports.find(({ name }) => !found.includes(name));
  if (unknown)
    throw refused(
      'input',
      path,
      `it has no ${kind} '${unknown.name}' but ${found}`,
      `没有“${unknown.name}”，只有 ${found}`,
    );
  const silent = kind === 'input' && found.find((name) => !ports.some((port) => port.name === name));
  if (silent)
    throw refused('input', path, `its manifest does not name the input '${silent}'`, `清单未列出输入“${silent}”`);
}

function checkFeeds(path: string, ports: readonly OnnxPort[], feeds: Readonly<Record<string, Feed>>): void {
  const named = new Map<string, number>();
  for (const { name, shape } of ports) {
    const feed = feeds[name];
    if (!feed) throw refused('input', path, `the input '${name}' was not given`, `未提供输入“${name}”`);
    const fits =
      feed.shape.length === shape.length &&
      feed.shape.reduce((a, b) => a * b, 1) === feed.data.length &&
      shape.every((dim, axis) => {
        const length = feed.shape[axis]!;
        if (typeof dim === 'number') return dim === length;
        if (!named.has(dim)) named.set(dim, length);
        return named.get(dim) === length;
      });
    if (!fits) {
      const facts = `[${feed.shape}], [${shape}]`;
      throw refused(
        'input',
        path,
        `the input '${name}' does not fit (${facts})`,
        `输入“${name}”的形状不符（${facts}）`,
      );
    }
  }
}
