/** What a folder of Hugging Face files is: told from config.json and from which files there are, never from a name. */
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { checkOnnxFile, checkSafetensorsFile, refusePickles } from '../../isolation/index.ts';
import { type EyeSkill, engineFault, type ModelRole } from '../../kernel/index.ts';

/** What a model does. */
export type Task = 'write' | 'gaps' | 'embed' | 'match' | 'describe' | 'depth' | 'subject' | 'enlarge' | 'music';

/** How its weights are stored: the part of a file's name that says so. */
const DTYPES = {
  fp32: '',
  q8: '_quantized',
  int8: '_int8',
  uint8: '_uint8',
  q4: '_q4',
  fp16: '_fp16',
  q4f16: '_q4f16',
  bnb4: '_bnb4',
} as const;

export type Dtype = keyof typeof DTYPES;

export interface Kind {
  readonly task: Task;
  /** `model_type` of its config. */
  readonly type: string;
  readonly dtype: Dtype;
  /** Folder of the ONNX files within the folder, '' for itself. */
  readonly within: string;
  /** Paths from the folder of what its identity rests on. */
  readonly files: readonly string[];
  /** Bytes of weights. */
  readonly weights: number;
  /** Has a template for conversations. */
  readonly chats: boolean;
}

/** A kind of model: by its architecture, and the ONNX files that it takes. */
const TASKS: readonly { readonly task: Task; readonly of: RegExp; readonly files: readonly string[] }[] = [
  { task: 'music', of: /^Musicgen/, files: ['text_encoder', 'decoder_model_merged', 'encodec_decode'] },
  { task: 'describe', of: /^VisionEncoderDecoder/, files: ['encoder_model', 'decoder_model_merged'] },
  { task: 'match', of: /^(CLIP|Siglip|ChineseCLIP|JinaCLIP)Model$/i, files: ['model'] },
  { task: 'depth', of: /DepthEstimation$/, files: ['model'] },
  { task: 'subject', of: /^(MODNet|BiRefNet|RMBG|ISNet)/i, files: ['model'] },
  { task: 'enlarge', of: /SuperResolution$/, files: ['model'] },
  { task: 'gaps', of: /ForMaskedLM$/, files: ['model'] },
  { task: 'write', of: /(ForCausalLM|LMHeadModel)$/, files: ['model'] },
  {
    task: 'embed',
    of: /^(Bert|Roberta|XLMRoberta|MPNet|DistilBert|NomicBert|ModernBert|Deberta|Albert|Electra|NewModel)\w*$/,
    files: ['model'],
  },
];

/** Roles of each task. */
export function rolesOf({ task, chats }: Pick<Kind, 'task' | 'chats'>): readonly ModelRole[] {
  if (task === 'write') return chats ? ['token', 'chat'] : ['token'];
  if (task === 'gaps') return ['gaps'];
  if (task === 'embed') return ['embedder'];
  if (task === 'enlarge') return ['picture'];
  return task === 'music' ? ['sound'] : ['eye'];
}

/** The one skill of an eye. */
export function skillOf(task: Task): EyeSkill | undefined {
  return task === 'match' || task === 'describe' || task === 'depth' || task === 'subject' ? task : undefined;
}

/**
 * Looks at a folder. Undefined: nothing of Hugging Face's, or a kind that is not known here. Throws `engine/broken-model` for
 * pickles, for what lacks its ONNX files, and for files whose structure is broken.
 */
export function kindOf(folder: string, name: string, wanted?: string): Kind | undefined {
  const config = readJson(join(folder, 'config.json'));
  if (config === undefined || typeof config.model_type !== 'string') return undefined;
  const architecture = Array.isArray(config.architectures) ? String(config.architectures[0]) : '';
  const found = TASKS.find(({ of }) => of.test(architecture));
  if (!found) return undefined;
  const { within, dtype, files } = weightsOf(folder, name, found.files, wanted);
  const weights = files.reduce((sum, file) => sum + checkOnnxFile(join(folder, file), name).weights, 0);
  const settings = readJson(join(folder, 'tokenizer_config.json')) ?? {};
  const chats = 'chat_template' in settings || exists(join(folder, 'chat_template.jinja'));
  const others = [
    'config.json',
    'tokenizer.json',
    'tokenizer_config.json',
    'preprocessor_config.json',
    'chat_template.jinja',
  ];
  const kept = [
    ...others.filter((file) => exists(join(folder, file))),
    ...files,
    ...outside(folder, within, files, name),
  ];
  return { task: found.task, type: config.model_type, dtype, within, files: kept, weights, chats };
}

function weightsOf(
  folder: string,
  name: string,
  stems: readonly string[],
  wanted: string | undefined,
): { readonly within: string; readonly dtype: Dtype; readonly files: readonly string[] } {
  const order = Object.keys(DTYPES) as Dtype[];
  for (const dtype of wanted === undefined ? order : order.filter((one) => one === wanted)) {
    for (const within of ['onnx', '']) {
      const files = stems.map((stem) => join(within, `${stem}${DTYPES[dtype]}.onnx`));
      if (files.every((file) => exists(join(folder, file)))) return { within, dtype, files };
    }
  }
  const there = readdirSync(folder, { recursive: true }).map(String);
  refusePickles(there, name);
  for (const file of there.filter((one) => one.endsWith('.safetensors')))
    checkSafetensorsFile(join(folder, file), name);
  throw engineFault('broken-model', name, {
    en: `it has no ONNX files (${stems.map((stem) => `onnx/${stem}.onnx`).join(', ')}); look for the same model exported to ONNX`,
    zh: `缺少 ONNX 文件（${stems.map((stem) => `onnx/${stem}.onnx`).join('、')}）；请寻找同一模型的 ONNX 版本`,
  });
}

/** Files of weights beside the ONNX files. */
function outside(folder: string, within: string, files: readonly string[], name: string): string[] {
  return files.flatMap((file) =>
    [...checkOnnxFile(join(folder, file), name).external.keys()].map((one) => join(within, one)),
  );
}

function readJson(path: string): Record<string, unknown> | undefined {
  try {
    const value: unknown = JSON.parse(readFileSync(path, 'utf8'));
    return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : undefined;
  } catch {
    return undefined;
  }
}

const exists = (path: string): boolean => statSync(path, { throwIfNoEntry: false })?.isFile() ?? false;
