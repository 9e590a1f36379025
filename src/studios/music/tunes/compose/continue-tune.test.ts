import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createRandom } from '../../../../core/index.ts';
import type { TokenModel } from '../../../../kernel/index.ts';
import { VOCABULARY } from '../events/index.ts';
import { composeByRules } from '../rules/index.ts';
import { ignorantModel } from './ignorant-model.ts';
import { continueTune } from './index.ts';

/** A model that would rather be silent, a bar at a time. */
function silentModel(name: string): TokenModel {
  const model = ignorantModel(name);
  const wanted = VOCABULARY.flatMap((token, id) => (/^<(rest|at:0|bar:\d+)>$/.test(token) ? [id] : []));
  return {
    ...model,
    open: async (...asked) => {
      const batch = await model.open(...asked);
      return {
        ...batch,
        get length() {
          return batch.length;
        },
        logits: (row) => batch.logits(row).map((logit, id) => logit + (wanted.includes(id) ? 30 : 0)),
      };
    },
  };
}

test('after a rest a melody goes on: no bar that is written is empty', async () => {
  const made = composeByRules({ style: 'folk', metre: '4/4', tonic: 'G', bars: 4, form: 'AB' }, createRandom('rest'));
  const end = made.bars.at(-1)!.at;
  const stopped = {
    ...made,
    parts: made.parts.map((part) => ({ ...part, notes: part.notes.filter(({ at }) => at < end) })),
  };
  for (const name of ['a', 'b', 'c', 'd']) {
    const options = { random: createRandom(name), candidates: 2, temperature: 1, topP: 1, minP: 0 };
    const [longer] = await continueTune(silentModel(name), stopped, 6, { style: 'folk' }, options);
    const { notes } = longer!.score.parts[0]!;
    for (const bar of longer!.score.bars.slice(4)) {
      const sounds = notes.some(({ at, length }) => at < bar.at + bar.length && at + length > bar.at);
      assert.ok(sounds, `${name} ${bar.at}`);
    }
  }
});
