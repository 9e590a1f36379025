/**
 * A painter of the OpenAI shape: pictures from words, and pictures changed by words. It knows neither seeds nor strength nor steps;
 * what there shall be less of is said in words.
 */
import { z } from 'zod';
import { engineFault, type PictureModel, type PictureRequest } from '../../../kernel/index.ts';
import { identityOf, type RemoteCard } from '../card.ts';
import { askEach, noteEach, priceOf } from '../chat/index.ts';
import { fetchBytes, fetchJson, type Line, PICTURE, saidBy } from '../line/index.ts';
import { layKept, maskOf, planesOf, pngOf, refuseStrange, sizeOf, wordsOf } from '../pictures/index.ts';

export interface PictureCard extends RemoteCard {
  readonly size?: readonly [number, number] | undefined;
  /** The only sizes that it makes; absent: any. */
  readonly sizes?: readonly (readonly [number, number])[] | undefined;
}

const MADE = z.object({
  data: z.array(z.looseObject({ b64_json: z.string().nullish(), url: z.string().nullish() })).min(1),
});

/** Opens it; nothing is sent before the first request. */
export function openPictureModel(line: Line, card: PictureCard): PictureModel {
  const size = card.size ?? [1024, 1024];
  // Some models of this shape always send the bytes and refuse to be asked for them; others send an address unless asked.
  let asksForBytes = true;
  const send = async (request: PictureRequest): Promise<z.infer<typeof MADE>> => {
    for (;;) {
      try {
        return await once(line, card, request, sizeOf(request, size, 16), asksForBytes);
      } catch (thrown) {
        if (!asksForBytes || !/response_format/.test(saidBy(thrown)?.text ?? '')) throw thrown;
        asksForBytes = false;
      }
    }
  };
  return {
    identity: identityOf(card, 'openai'),
    source: 'words',
    channels: 3,
    scale: 1,
    size,
    ...(card.sizes ? { sizes: card.sizes } : { sizeStep: 16 }),
    labels: [],
    open: true,
    ...(card.languages && { languages: card.languages }),
    ignores: ['seed', 'steps', 'guidance', 'sampler', 'strength'],
    ...priceOf(card),
    make: async (request) => {
      refuseStrange(line.name, request);
      await askEach(line);
      const { data } = await send(request);
      await noteEach(line);
      const bytes = await bytesOf(line, data[0]!, request.signal);
      return layKept(await planesOf(line.name, bytes), request.from, request.keep);
    },
    [Symbol.asyncDispose]: async () => undefined,
  };
}

async function once(
  line: Line,
  { baseUrl, model }: PictureCard,
  request: PictureRequest,
  [width, height]: readonly [number, number],
  asksForBytes: boolean,
): Promise<z.infer<typeof MADE>> {
  const { from, keep, signal } = request;
  const fields = {
    model: model ?? '',
    prompt: promptOf(request),
    size: `${width}x${height}`,
    ...(asksForBytes && { response_format: 'b64_json' }),
  };
  if (!from)
    return fetchJson(line, `${baseUrl}/images/generations`, MADE, { body: { ...fields, n: 1 }, signal, once: true });
  const form = new FormData();
  for (const [name, value] of Object.entries(fields)) form.set(name, value);
  form.set('image', new Blob([await pngOf(from)], { type: 'image/png' }), 'image.png');
  if (keep) form.set('mask', new Blob([await maskOf(keep, true)], { type: 'image/png' }), 'mask.png');
  return fetchJson(line, `${baseUrl}/images/edits`, MADE, { form, signal, once: true });
}

function promptOf({ labels, without }: PictureRequest): string {
  const less = wordsOf(without);
  return less === '' ? wordsOf(labels) : `${wordsOf(labels)}\nWithout: ${less}`;
}

async function bytesOf(
  line: Line,
  { b64_json: packed, url }: z.infer<typeof MADE>['data'][number],
  signal: AbortSignal | undefined,
): Promise<Uint8Array> {
  if (packed) return Buffer.from(packed, 'base64');
  if (!url || !URL.canParse(url))
    throw engineFault('wrong-answer', line.name, { en: 'it sent no picture', zh: '它没有发来图' });
  // The picture lies on some storage elsewhere, which is nobody to send a key to.
  const open = { ...line, key: async () => undefined };
  return fetchBytes(open, url, { signal, expected: PICTURE });
}
