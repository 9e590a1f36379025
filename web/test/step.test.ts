/** A tune written note by note: by the computer's keys, by a MIDI keyboard, by the keys on the screen. */
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { Page } from 'playwright-core';
import type { Score } from '../src/pages/compose/score.ts';
import { addToLast, enter, midiOfLetter, shiftLast, signsOf, takeBack } from '../src/pages/compose/step/enter.ts';
import { expectAccessible, NO_BROWSER, openStudio, type Studio, until } from './studio.ts';

const skip = NO_BROWSER ?? false;
let studio: Studio;
before(async () => {
  if (!skip) studio = await openStudio();
});
after(() => studio?.close());

const EMPTY: Score = {
  title: '',
  ticksPerQuarter: 4,
  bars: [0, 16].map((at) => ({ at, length: 16, metre: [4, 4], key: { tonic: 'D', mode: 'major' } })),
  tempos: [{ at: 0, quarterBpm: 90 }],
  chords: [],
  parts: [{ id: 'p1', name: '', instrument: 'piano', notes: [] }],
};
const START = { at: 0, length: 'quarter', dotted: false, entered: [] } as const;
const pitches = ({ parts }: Score): string[] =>
  parts[0]!.notes.map(({ pitch, at, length }) => `${pitch}@${at}+${length}`);

test('[WEB5] letters mean the nearest note of the key; what stood there goes, what sounded into it is cut, locks hold', () => {
  const signs = signsOf({ tonic: 'D', mode: 'major' });
  assert.deepEqual(
    ['f', 'c', 'h'].map((letter) => midiOfLetter(letter, 66, signs)),
    [66, 61, undefined],
  );
  const first = enter(EMPTY, 0, { ...START, length: 'whole' }, [62])!;
  const second = enter(first.score, 0, { ...START, at: 4, length: 'quarter', dotted: true }, [66])!;
  assert.deepEqual(pitches(second.score), ['D4@0+4', 'F#4@4+6']);
  const third = enter(second.score, 0, second.caret, [69])!;
  assert.deepEqual(pitches(addToLast(third.score, 0, third.caret, 73)!).slice(-2), ['A4@10+6', 'C#5@10+6']);
  assert.deepEqual(pitches(shiftLast(third.score, 0, third.caret, 12)).at(-1), 'A5@10+6');
  const back = takeBack(third.score, 0, third.caret);
  assert.deepEqual([pitches(back.score).length, back.caret.at], [2, 10]);
  const held = enter(EMPTY, 0, START, [62])!.score;
  const locked = { ...held, parts: [{ ...held.parts[0]!, notes: [{ ...held.parts[0]!.notes[0]!, locked: true }] }] };
  assert.equal(enter(locked, 0, START, [64]), undefined);
  assert.equal(enter(EMPTY, 0, { ...START, at: 32 }, [64]), undefined, 'the piece has ended');
});

/** A keyboard that is not there: what the page hears of it is what a real one says. */
async function plugIn(page: Page): Promise<(bytes: readonly number[]) => Promise<void>> {
  await page.addInitScript(() => {
    const input = Object.assign(new EventTarget(), { name: 'Trial 25' });
    const access = Object.assign(new EventTarget(), { inputs: new Map([['1', input]]) });
    Object.assign(navigator, { requestMIDIAccess: async () => access });
    Object.assign(globalThis, { trialKeys: input });
  });
  await page.reload();
  return (bytes) =>
    page.evaluate((data) => {
      const { trialKeys } = globalThis as unknown as { trialKeys: EventTarget };
      trialKeys.dispatchEvent(Object.assign(new Event('midimessage'), { data: Uint8Array.from(data) }));
    }, bytes);
}

test('[WEB5] empty bars are filled by letters, a MIDI keyboard and the keys on the screen; the tune is kept and engraved', {
  skip,
}, async () => {
  const page = await studio.open('/compose');
  await page.getByRole('region', { name: '逐音写一首' }).getByLabel('小节数').fill('2');
  await page.getByRole('button', { name: '开始', exact: true }).click();
  await page.waitForURL(/\/compose\/[0-9a-f]{16}\?step/, { timeout: 30_000 });
  const send = await plugIn(page);
  const notes = page.locator('[data-note]');
  const field = page.getByRole('application', { name: /^输入处/ });
  await field.waitFor();
  await until(
    async () => field.evaluate((element) => element === document.activeElement),
    'the keys are heard at once',
  );
  await page.keyboard.press('g');
  await page.keyboard.press('4');
  await page.keyboard.press('a');
  await page.keyboard.press('b');
  await page.keyboard.press('Shift+d');
  await until(async () => (await notes.count()) === 4, 'four notes, two of them together');
  await page.getByRole('button', { name: '接入 MIDI 键盘' }).click();
  await page.getByText('MIDI：Trial 25').waitFor();
  for (const message of [
    [0x90, 72, 90],
    [0x90, 76, 90],
    [0x80, 72, 0],
    [0x90, 76, 0],
    [0x90, 74, 90],
    [0x80, 74, 0],
  ])
    await send(message);
  await until(async () => (await notes.count()) === 7, 'a chord and a note more');
  await page.getByRole('group', { name: '琴键' }).getByRole('button', { name: 'C5', exact: true }).click();
  await field.focus();
  await page.keyboard.press('0');
  await page.keyboard.press('e');
  await page.keyboard.press('Backspace');
  await studio.keep(page, 'compose-step');
  await expectAccessible(page);
  await page.getByRole('button', { name: '存为作品' }).click();
  await page.waitForURL((url) => !url.search.includes('step'), { timeout: 30_000 });
  const id = new URL(page.url()).pathname.split('/').at(-1)!;
  const score = (await studio.call('GET', `/api/works/${id}/content`)) as Score;
  const quarters = (ticks: number): number => ticks / score.ticksPerQuarter;
  assert.deepEqual(
    score.parts[0]!.notes.map(({ pitch, at, length }) => `${pitch} ${quarters(at)} ${quarters(length)}`),
    ['G4 0 1', 'A4 1 0.5', 'B4 1.5 0.5', 'D5 1.5 0.5', 'C5 2 0.5', 'E5 2 0.5', 'D5 2.5 0.5', 'C5 3 0.5'],
  );
  await page.getByAltText('乐谱第 1 页').waitFor({ timeout: 20_000 });
  await page.close();
  studio.quiet();
});
