/** Servers of the A1111 shape: Stable Diffusion web UI, Forge, SD.Next and others that answer under /sdapi/v1. */
import { z } from 'zod';
import { OsError } from '../../../core/index.ts';
import type { DriverSurroundings, ModelDriver } from '../../../kernel/index.ts';
import { identityOf, readCard } from '../card.ts';
import { createLine, fetchJson } from '../line/index.ts';
import { openA1111Model } from './picture-model.ts';

const MORE = {
  /** Width and height that it paints at best. */
  size: z.tuple([z.int().positive(), z.int().positive()]).optional(),
  sampler: z.string().optional(),
  steps: z.int().positive().optional(),
};

const OPTIONS = z.looseObject({ sd_model_checkpoint: z.string().nullish() });

/** The driver `a1111`. */
export function createA1111Driver(surroundings: DriverSurroundings): ModelDriver {
  return {
    recognise: async (source, signal) => {
      if (source.kind !== 'address' || !/^https?:/i.test(source.url)) return undefined;
      const baseUrl = source.url.replace(/\/+$/, '');
      const card = { name: new URL(baseUrl).host, baseUrl, attempts: 1, patience: 20 };
      try {
        const line = createLine(surroundings, card, 'picture');
        const { sd_model_checkpoint: model } = await fetchJson(line, `${baseUrl}/sdapi/v1/options`, OPTIONS, {
          signal,
        });
        return model === undefined ? undefined : { card: { baseUrl, ...(model !== null && { model }) } };
      } catch (thrown) {
        if (thrown instanceof OsError && thrown.code.startsWith('engine/')) return undefined;
        throw thrown;
      }
    },
    roles: () => ['picture'],
    identify: async (folder) => identityOf(await readCard(folder), 'a1111'),
    createPictureModel: async (folder) => {
      const card = await readCard(folder, MORE);
      return openA1111Model(createLine(surroundings, card, 'picture'), card);
    },
  };
}
