/** ACE-Step: music with and without song, over its own HTTP. */
import { z } from 'zod';
import { OsError } from '../../../core/index.ts';
import type { DriverSurroundings, ModelDriver } from '../../../kernel/index.ts';
import { identityOf, readCard } from '../card.ts';
import { createLine, fetchJson } from '../line/index.ts';
import { openAceStepModel } from './sound-model.ts';

const HEALTH = z.object({ data: z.looseObject({ service: z.string().regex(/ace.?step/i) }) });

/** The driver `ace-step`. */
export function createAceStepDriver(surroundings: DriverSurroundings): ModelDriver {
  return {
    recognise: async (source, signal) => {
      if (source.kind !== 'address' || !/^https?:/i.test(source.url)) return undefined;
      const baseUrl = source.url.replace(/\/+$/, '');
      const card = { name: new URL(baseUrl).host, baseUrl, attempts: 1, patience: 20 };
      try {
        await fetchJson(createLine(surroundings, card, 'sound'), `${baseUrl}/health`, HEALTH, { signal });
        return { card: { baseUrl } };
      } catch (thrown) {
        if (thrown instanceof OsError && thrown.code.startsWith('engine/')) return undefined;
        throw thrown;
      }
    },
    roles: () => ['sound'],
    identify: async (folder) => identityOf(await readCard(folder), 'ace-step'),
    createSoundModel: async (folder) => openAceStepModel(createLine(surroundings, await readCard(folder), 'sound')),
  };
}
