/**
 * Music by ACE-Step (docs/en/API.md of its repository).
 *
 *   words, song ─▶ /release_task ─▶ /query_result, again and again ─▶ /v1/audio ─▶ sound
 *
 * Its server knows no way to stop a task: a request that is cancelled is no longer waited for.
 */
import { z } from 'zod';
import { checkSoundLength, engineFault, type SoundModel, type SoundRequest } from '../../../kernel/index.ts';
import { identityOf } from '../card.ts';
import { askEach, noteEach, priceOf } from '../chat/index.ts';
import { fetchBytes, fetchJson, type Line, SOUND } from '../line/index.ts';
import { seedOf } from '../pictures/index.ts';
import { atRate, readWav } from '../sounds/index.ts';

const RATE = 48_000;

/** Seconds that a piece may have. */
const [SHORTEST, LONGEST] = [10, 600];

/** Milliseconds between questions. */
const ASK_EVERY = 1000;

const BEGUN = z.looseObject({ data: z.looseObject({ task_id: z.string().min(1) }) });

const RESULT = z.looseObject({
  data: z.array(z.looseObject({ task_id: z.string(), status: z.number(), result: z.unknown().optional() })),
});

const FILES = z.array(z.looseObject({ file: z.string().optional(), error: z.unknown().optional() }));

/** Opens it; nothing is sent before the first request. */
export function openAceStepModel(line: Line): SoundModel {
  return {
    identity: identityOf(line.card, 'ace-step'),
    rate: RATE,
    labels: [],
    open: true,
    ...priceOf(line.card),
    voice: 'sings',
    step: 1,
    loop: 0,
    make: async (request) => {
      if (request.from)
        throw engineFault('cannot', line.name, { en: 'it begins from no sound here', zh: '这里不支持以声音为起点' });
      checkSoundLength({ name: line.name, step: 1 }, request.length);
      await askEach(line);
      const { baseUrl } = line.card;
      const { signal } = request;
      const body = bodyOf(line.card.model, request);
      const { data } = await fetchJson(line, `${baseUrl}/release_task`, BEGUN, { body, signal, once: true });
      const file = await awaitFile(line, data.task_id, request);
      const bytes = await fetchBytes(line, addressOf(line, file), { signal, expected: SOUND });
      await noteEach(line);
      request.onProgress?.(1);
      return atRate(readWav(line.name, bytes), RATE);
    },
    [Symbol.asyncDispose]: async () => undefined,
  };
}

function bodyOf(model: string | undefined, { labels, text = '', length, seed, steps, guidance }: SoundRequest): object {
  return {
    prompt: labels.join(', '),
    lyrics: text === '' ? '[inst]' : text,
    audio_duration: Math.min(LONGEST, Math.max(SHORTEST, length / RATE)),
    audio_format: 'wav',
    batch_size: 1,
    use_random_seed: false,
    seed: seedOf(seed) % 2 ** 31,
    vocal_language: /[\u4e00-\u9fff]/.test(text) ? 'zh' : 'en',
    ...(steps !== undefined && { inference_steps: steps }),
    ...(guidance !== undefined && { guidance_scale: guidance }),
    ...(model !== undefined && { model }),
  };
}

async function awaitFile(line: Line, task: string, { signal, onProgress }: SoundRequest): Promise<string> {
  const { baseUrl, longest = 3600 } = line.card;
  const body = { task_id_list: [task] };
  for (let waited = 0; waited < longest * 1000; waited += ASK_EVERY) {
    await line.surroundings.sleep(ASK_EVERY, signal);
    const { data } = await fetchJson(line, `${baseUrl}/query_result`, RESULT, { body, signal });
    const found = data.find(({ task_id }) => task_id === task);
    if (!found)
      throw engineFault('wrong-answer', line.name, { en: 'it no longer knows the task', zh: '它不认得这个任务了' });
    const files = filesOf(found.result);
    if (found.status === 2) throw failed(line.name, files);
    if (found.status === 1) return fileOf(line.name, files);
    // It does not tell how far it is: half of what is left, for every minute.
    onProgress?.(1 - 0.5 ** (waited / 60_000));
  }
  throw engineFault('hangs', line.name, `${longest} s`);
}

type Files = z.infer<typeof FILES>;

/** The result is JSON within JSON. */
function filesOf(result: unknown): Files {
  try {
    return FILES.catch([]).parse(typeof result === 'string' ? JSON.parse(result) : result);
  } catch {
    return [];
  }
}

function failed(name: string, [first]: Files): Error {
  const words = typeof first?.error === 'string' ? first.error.slice(0, 200) : '';
  if (/out of memory/i.test(words)) return engineFault('out-of-memory', name, words);
  return engineFault('died', name, words === '' ? { en: 'the task failed', zh: '任务失败' } : words);
}

function fileOf(name: string, [first]: Files): string {
  if (first?.file) return first.file;
  throw engineFault('wrong-answer', name, { en: 'it names no file', zh: '它没有给出文件' });
}

/** Files lie on the same server: an address elsewhere is not gone to. */
function addressOf(line: Line, file: string): string {
  const address = URL.parse(file, `${line.card.baseUrl}/`);
  if (address && address.origin === new URL(line.card.baseUrl).origin) return address.href;
  throw engineFault('wrong-answer', line.name, { en: 'its file lies elsewhere', zh: '它的文件在别的地方' });
}
