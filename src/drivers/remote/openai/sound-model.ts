/** Speech of the OpenAI shape: a text becomes a voice. The voice is a label of the request, or stands in the card. */
import { engineFault, type SoundModel } from '../../../kernel/index.ts';
import { identityOf, type RemoteCard } from '../card.ts';
import { askEach, noteEach, priceOf } from '../chat/index.ts';
import { fetchBytes, type Line, SOUND } from '../line/index.ts';
import { atRate, readWav } from '../sounds/index.ts';

export interface SpeechCard extends RemoteCard {
  /** A voice of the server's. */
  readonly voice?: string | undefined;
  /** Samples per second that are handed on. Default 24,000. */
  readonly rate?: number | undefined;
}

/** Opens it; nothing is sent before the first request. */
export function openSoundModel(line: Line, card: SpeechCard): SoundModel {
  const rate = card.rate ?? 24_000;
  return {
    identity: identityOf(card, 'openai'),
    rate,
    labels: card.voice === undefined ? [] : [card.voice],
    open: true,
    ...priceOf(card),
    voice: 'speaks',
    step: 1,
    loop: 0,
    make: async ({ text = '', labels, signal, onProgress }) => {
      if (text.trim() === '')
        throw engineFault('cannot', line.name, { en: 'there is nothing to say', zh: '没有要念的文字' });
      await askEach(line);
      const voice = labels[0] ?? card.voice;
      const body = {
        model: card.model,
        input: text,
        response_format: 'wav',
        ...(voice !== undefined && { voice }),
      };
      const bytes = await fetchBytes(line, `${card.baseUrl}/audio/speech`, {
        body,
        signal,
        once: true,
        expected: SOUND,
      });
      await noteEach(line);
      onProgress?.(1);
      return atRate(readWav(line.name, bytes), rate);
    },
    [Symbol.asyncDispose]: async () => undefined,
  };
}
