import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createResidency, type Guest, type Residency } from './residency.ts';

const GIB = 2 ** 30;

/** A machine of so many bytes, and guests that take their room from it. */
function machine(total: number): {
  readonly residency: Residency;
  readonly gone: string[];
  guest(model: string, bytes: number): Guest;
  pass(ms: number): void;
} {
  let [free, now] = [total, 0];
  const gone: string[] = [];
  const residency = createResidency({ available: () => free / 0.9, clock: { now: () => now }, idle: 1000, every: 5 });
  const guest = (model: string, bytes: number): Guest => ({
    model,
    bytes,
    evict: async () => {
      gone.push(model);
      free += bytes;
    },
  });
  const admit = residency.admit;
  return {
    residency: {
      ...residency,
      admit: async (one) => {
        const stay = await admit(one);
        free -= one.bytes;
        stay.loaded();
        return stay;
      },
    },
    gone,
    guest,
    pass: (ms) => {
      now += ms;
    },
  };
}

test('[RE1] idle models make room, the longest unused first; those at work stay', async () => {
  const { residency, gone, guest, pass } = machine(10 * GIB);
  const [a, b, c] = [
    await residency.admit(guest('a', 3 * GIB)),
    await residency.admit(guest('b', 3 * GIB)),
    await residency.admit(guest('c', 3 * GIB)),
  ];
  const working = a.use();
  pass(10);
  b.use()();
  assert.deepEqual(
    residency.list().map(({ model, busy }) => [model, busy]),
    [
      ['a', true],
      ['b', false],
      ['c', false],
    ],
  );
  await residency.admit(guest('d', 4 * GIB));
  assert.deepEqual(gone, ['c'], 'b was used later, a is at work');
  working();
  working();
  assert.equal(residency.list().find(({ model }) => model === 'a')!.busy, false, 'ending twice is ending once');
  c.leave();
});

test('[RE2] what cannot fit is refused before anybody leaves for it, with both figures', async () => {
  const { residency, gone, guest } = machine(8 * GIB);
  const stay = await residency.admit(guest('small', 2 * GIB));
  await assert.rejects(residency.admit(guest('huge', 20 * GIB)), {
    code: 'engine/out-of-memory',
    message: /'huge'.*20\.00 GiB.*8\.00 GiB/,
  });
  assert.deepEqual(gone, []);
  stay.use();
  await assert.rejects(residency.admit(guest('large', 7 * GIB)), /6\.00 GiB can be had/);
  assert.equal(Math.round(residency.room() / GIB), 6);
});

test('[RE3] two that come at once are not both let in where only one fits', async () => {
  const residency = createResidency({ available: () => (4 * GIB) / 0.9, clock: { now: () => 0 } });
  const come = async (model: string): Promise<string> => {
    const stay = await residency.admit({ model, bytes: 3 * GIB, evict: async () => assert.fail('at work') });
    stay.use();
    return model;
  };
  const ended = await Promise.allSettled([come('a'), come('b')]);
  assert.deepEqual(
    ended.map(({ status }) => status),
    ['fulfilled', 'rejected'],
  );
  residency[Symbol.dispose]();
});

test('[RE4] who is idle for long leaves', async () => {
  const { residency, gone, guest, pass } = machine(8 * GIB);
  await residency.admit(guest('idle', GIB));
  const busy = await residency.admit(guest('busy', GIB));
  busy.use();
  pass(5000);
  while (gone.length === 0) await new Promise((resolve) => setTimeout(resolve, 5));
  assert.deepEqual(gone, ['idle']);
  assert.deepEqual(
    residency.list().map(({ model }) => model),
    ['busy'],
  );
  residency[Symbol.dispose]();
});
