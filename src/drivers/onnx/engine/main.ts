/** The engine process of ONNX files: a pipeline that paints, or one network with its manifest. */
import { type CallContext, HandlerFault, serveCalls } from '../../../isolation/index.ts';
import type { PixelPlanes } from '../../../kernel/index.ts';
import type { Manifest } from '../manifest.ts';
import type { PipelineFiles } from '../pipeline-files.ts';
import { openPipeline, type PaintInput, type Pipeline, paint } from './paint.ts';
import { openSingle, runSingle, type Single } from './single.ts';

/** What the engine is told first. */
export type LoadInput =
  | { readonly kind: 'pipeline'; readonly folder: string; readonly files: PipelineFiles; readonly threads: number }
  | { readonly kind: 'single'; readonly file: string; readonly manifest: Manifest; readonly threads: number };

let pipeline: Pipeline | undefined;
let single: Single | undefined;

serveCalls({
  load: async (input: LoadInput) => {
    if (input.kind === 'pipeline') pipeline = await openPipeline(input.folder, input.files, input.threads);
    else single = await openSingle(input.file, input.manifest, input.threads);
  },
  paint: (input: PaintInput, context: CallContext) => {
    if (!pipeline) throw new HandlerFault('cannot', 'it does not paint');
    return paint(pipeline, input, context);
  },
  run: ({ picture }: { readonly picture: PixelPlanes }) => {
    if (!single) throw new HandlerFault('cannot', 'it is no single network');
    return runSingle(single, picture);
  },
});
