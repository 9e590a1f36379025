/**
 * The driver of ONNX files: diffusion pipelines in the layout of diffusers, sampled by our own samplers, and any single network
 * whose card says what goes in and what comes out. Both run in an engine process of their own.
 */
import { availableParallelism } from 'node:os';
import { createEngineProcess, type EngineProcess, readOnnxHeader, viewBytes } from '../../isolation/index.ts';
import {
  type DriverSurroundings,
  engineFault,
  type ModelDriver,
  type ModelFolder,
  type ModelRole,
} from '../../kernel/index.ts';
import type { LoadInput } from './engine/main.ts';
import { MANIFEST } from './manifest.ts';
import { identityOf, type Settled, settle } from './model-card.ts';
import { readPipelineFiles } from './pipeline-files.ts';
import { serveEye, servePicture, servePipeline } from './serve.ts';

/** Bytes that the runtime takes beside the weights. */
const RUNTIME = 200 * 2 ** 20;

const memoryOf = ({ weights }: { readonly weights: number }): number => Math.round(weights * 1.3) + RUNTIME;

/** Creates the driver. */
export function createOnnxDriver({ residency }: DriverSurroundings): ModelDriver {
  const open = async (folder: string) => {
    const settled = settle(folder);
    return { settled, identity: await identityOf(settled), engine: openEngine(settled, residency) };
  };
  return {
    recognise: async (source) => {
      if (source.kind === 'folder' && source.files.includes('model_index.json')) {
        const files = readPipelineFiles(source.path, source.path);
        return files && { card: { pipeline: true }, memory: memoryOf(files) };
      }
      return source.kind === 'file' && looksLikeOnnx(source.head) ? { card: {} } : undefined;
    },
    memory: async (folder) => memoryOf(settle(folder)),
    identify: async (folder) => identityOf(settle(folder)),
    roles: (entry) => rolesOf(entry),
    createPictureModel: async (folder) => {
      const { settled, identity, engine } = await open(folder);
      if (settled.kind === 'pipeline') return servePipeline(engine, identity, settled);
      if (looks(settled.manifest.does))
        throw engineFault('cannot', settled.name, { en: 'it makes no pictures', zh: '它不生成图片' });
      return servePicture(engine, identity, settled.manifest);
    },
    createPictureEye: async (folder) => {
      const { settled, identity, engine } = await open(folder);
      const does = settled.kind === 'single' ? settled.manifest.does : undefined;
      if (does === undefined || !looks(does))
        throw engineFault('cannot', settled.name, { en: 'it does not look at pictures', zh: '它不看图' });
      return serveEye(engine, identity, does);
    },
  };
}

const looks = (does: string): does is 'depth' | 'subject' => does === 'depth' || does === 'subject';

/** What a card says; one that does not is answered by the files. */
function rolesOf({ folder, card }: ModelFolder): readonly ModelRole[] {
  if (card.pipeline === true) return ['picture'];
  const manifest = MANIFEST.safeParse(card.onnx);
  if (manifest.success) return looks(manifest.data.does) ? ['eye'] : ['picture'];
  try {
    return settle(folder).kind === 'pipeline' ? ['picture'] : [];
  } catch {
    // Said by whoever opens it.
    return [];
  }
}

/** A protocol buffer that begins as networks do: version of the format, then who wrote it or the network itself. */
function looksLikeOnnx(head: Uint8Array): boolean {
  if (head[0] !== 0x08 || head[1]! > 100) return false;
  if (head.length < 65_536) {
    try {
      return readOnnxHeader(viewBytes(head, 'x')).nodes > 0;
    } catch {
      // A broken one is told apart from other files by its begin.
    }
  }
  return head[2] === 0x12 || head[2] === 0x3a || head[2] === 0x42;
}

function openEngine(settled: Settled, residency: DriverSurroundings['residency']): EngineProcess {
  const threads = settled.card.threads ?? Math.max(1, Math.min(8, Math.floor(availableParallelism() / 2)));
  const input: LoadInput =
    settled.kind === 'pipeline'
      ? { kind: 'pipeline', folder: settled.root, files: settled.files, threads }
      : { kind: 'single', file: settled.file, manifest: settled.manifest, threads };
  return createEngineProcess({
    name: settled.name,
    entry: new URL('./engine/main.ts', import.meta.url),
    resident: { residency, bytes: memoryOf(settled) },
    prepare: { method: 'load', input },
  });
}
