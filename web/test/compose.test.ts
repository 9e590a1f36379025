/** Composing, as a person does it: a piece in score and roll, played in step, edited by hand, judged, varied; hummed and tapped. */
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { hearNotes, onGrid } from '../src/pages/compose/hear.ts';
import { expectAccessible, NO_BROWSER, openStudio, type Studio, until } from './studio.ts';

const skip = NO_BROWSER ?? false;
let studio: Studio;
let tune = '';
before(async () => {
  if (skip) return;
  studio = await openStudio();
  [tune = ''] = await studio.run('music/compose', { bars: 4, instruments: ['piano'], style: 'jiangnan' });
});
after(() => studio?.close());

test('[WEB5] a hummed melody is heard as its notes', () => {
  const rate = 44_100;
  const melody = [60, 62, 64, 67, 64];
  const length = 0.5;
  const samples = new Float32Array(rate * length * melody.length);
  for (const [i, midi] of melody.entries()) {
    const hertz = 440 * 2 ** ((midi - 69) / 12);
    for (let k = 0; k < rate * length * 0.9; k++) {
      const phase = (2 * Math.PI * hertz * k) / rate;
      samples[i * rate * length + k] = 0.3 * Math.sin(phase) + 0.15 * Math.sin(2 * phase) + 0.1 * Math.sin(3 * phase);
    }
  }
  const heard = hearNotes(samples, rate);
  assert.deepEqual(
    heard.map(({ midi }) => midi),
    melody,
  );
  assert.deepEqual(
    onGrid(heard, { bpm: 120 }).map(({ at }) => at),
    [0, 4, 8, 12, 16],
  );
  assert.deepEqual(hearNotes(new Float32Array(rate), rate), []);
});

test('[WEB5] score and roll go in step with the sound; parts are muted while it plays', { skip }, async () => {
  const page = await studio.open(`/compose/${tune}`);
  await page.getByAltText('乐谱第 1 页').waitFor({ timeout: 20_000 });
  const bar = page.getByLabel('小节', { exact: true });
  assert.equal(await bar.inputValue(), '1');
  await page.getByRole('button', { name: /静音/u }).first().click();
  await page.getByRole('button', { name: '播放' }).click();
  await page.getByRole('button', { name: '暂停' }).waitFor({ timeout: 20_000 });
  await until(async () => Number(await bar.inputValue()) >= 2, 'the second bar sounds');
  const at = (await page.evaluate(`document.querySelector('svg line:last-child').getAttribute('x1')`)) as string;
  assert.ok(Number(at) > 34);
  await studio.keep(page, 'compose-playing');
  await page.getByRole('button', { name: '暂停' }).click();
  await page.close();
});

test('[WEB5] a note is moved by keyboard, locked, undone; a chord is changed; the edited piece is kept as a new work', {
  skip,
}, async () => {
  const page = await studio.open(`/compose/${tune}`);
  const roll = page.getByRole('application');
  await roll.focus();
  await page.keyboard.press('ArrowRight');
  const before = await roll.getAttribute('aria-label');
  await page.keyboard.press('ArrowUp');
  await until(async () => (await roll.getAttribute('aria-label')) !== before, 'the note moves');
  await page.keyboard.press('Control+z');
  await until(async () => (await roll.getAttribute('aria-label')) === before, 'the note is back');
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('l');
  await page.getByRole('button', { name: '第 1 小节的和弦' }).click();
  await page.getByRole('dialog').getByRole('textbox').fill('Am7');
  await page.getByRole('dialog').getByRole('button', { name: '执行' }).click();
  await page.locator('svg text', { hasText: 'Am7' }).waitFor();
  await studio.keep(page, 'compose-edited');
  await page.getByRole('button', { name: '存为作品' }).click();
  await page.waitForURL((url) => url.pathname.startsWith('/compose/') && !url.pathname.endsWith(tune), {
    timeout: 20_000,
  });
  const id = new URL(page.url()).pathname.split('/').at(-1)!;
  const work = (await studio.call('GET', `/api/works/${id}`)) as { op: string };
  assert.equal(work.op, 'music/edit');
  const score = (await studio.call('GET', `/api/works/${id}/content`)) as {
    chords: { symbol: string }[];
    parts: { notes: { locked?: boolean }[] }[];
  };
  assert.equal(score.chords[0]!.symbol, 'Am7');
  assert.equal(score.parts[0]!.notes.filter(({ locked }) => locked).length, 1);
  await page.close();
});

test('[WEB5] a note is added, dragged and made longer with the pointer; bars are chosen and written anew', {
  skip,
}, async () => {
  const page = await studio.open(`/compose/${tune}`);
  const notes = page.locator('[data-note]');
  await notes.first().waitFor();
  await page.getByAltText('乐谱第 1 页').waitFor({ timeout: 20_000 });
  const count = await notes.count();
  await page
    .locator('svg')
    .last()
    .dblclick({ position: { x: 250, y: 120 } });
  await until(async () => (await notes.count()) === count + 1, 'a note more');
  const added = page.locator('[role=application] g[data-note]:has(rect[class*=picked])');
  const box = (await added.locator('rect').first().boundingBox())!;
  await page.mouse.move(box.x + 3, box.y + 4);
  await page.mouse.down();
  await page.mouse.move(box.x + 3 + 44, box.y + 4 + 22, { steps: 4 });
  await page.mouse.up();
  const moved = (await added.locator('rect').first().boundingBox())!;
  assert.ok(Math.abs(moved.x - box.x - 44) < 2 && Math.abs(moved.y - box.y - 22) < 2, JSON.stringify({ box, moved }));
  await page.mouse.move(moved.x + moved.width, moved.y + 4);
  await page.mouse.down();
  await page.mouse.move(moved.x + moved.width + 22, moved.y + 4, { steps: 3 });
  await page.mouse.up();
  const longer = (await added.locator('rect').first().boundingBox())!;
  assert.ok(longer.width > moved.width + 15);
  await page.getByLabel('小节', { exact: true }).fill('2');
  await page.getByRole('button', { name: '重写第 2 小节' }).click();
  await page.waitForURL((url) => url.pathname.startsWith('/compose/') && !url.pathname.endsWith(tune), {
    timeout: 30_000,
  });
  await page.close();
});

test('[WEB5] a poem is set to music from the page', { skip }, async () => {
  const lines = ['白日依山尽', '黄河入海流', '欲穷千里目', '更上一层楼'];
  await studio.run('verse/keep', { lines, title: '登鹳雀楼', form: '五绝' });
  const page = await studio.open('/compose');
  await page.getByRole('button', { name: '谱曲', exact: true }).click();
  await page.waitForURL(/\/compose\/[0-9a-f]+/u, { timeout: 40_000 });
  await page.getByAltText('乐谱第 1 页').waitFor({ timeout: 20_000 });
  await studio.keep(page, 'compose-song');
  await page.close();
});

test('[WEB5] the critic remarks at bars; a variation becomes a new piece, whose bars say where they come from', {
  skip,
}, async () => {
  const page = await studio.open(`/compose/${tune}`);
  const remarks = page.getByRole('region', { name: '评点' });
  const go = remarks.getByRole('button').first();
  await go.waitFor();
  await go.click();
  await page.getByRole('button', { name: '变奏: 执行' }).click();
  await page.waitForURL((url) => url.pathname.startsWith('/compose/') && !url.pathname.endsWith(tune), {
    timeout: 30_000,
  });
  await page.getByRole('application').waitFor();
  await page.getByLabel('小节', { exact: true }).fill('4');
  const origins = page.getByRole('region', { name: '第 4 小节从何而来' });
  await origins.locator('[data-origin]').first().waitFor();
  await studio.keep(page, 'compose-origins');
  await page.close();
});

test('[WEB5] a tapped rhythm becomes a tune', { skip }, async () => {
  const page = await studio.open('/compose');
  const field = page.getByRole('button', { name: /下$/u });
  await field.focus();
  for (let i = 0; i < 8; i++) {
    await page.keyboard.press(' ');
    await page.waitForTimeout(i % 4 === 3 ? 400 : 200);
  }
  await page.getByText('8 下').waitFor();
  await page.getByRole('region', { name: '敲节奏' }).getByRole('button', { name: '写成曲子' }).click();
  await page.waitForURL(/\/compose\/[0-9a-f]+/u, { timeout: 40_000 });
  await page.getByRole('application').waitFor();
  await page.close();
});

test('[WEB5] both pages are accessible in both themes and languages, and fit a telephone', { skip }, async () => {
  for (const theme of ['light', 'dark'] as const) {
    for (const language of ['zh', 'en'] as const) {
      const start = await studio.open('/compose', { theme, language });
      await start.getByRole('img').or(start.locator('h2')).first().waitFor();
      await expectAccessible(start);
      await start.close();
      const page = await studio.open(`/compose/${tune}`, { theme, language });
      await page.getByRole('application').waitFor();
      await page.locator('[data-rule]').first().waitFor();
      await expectAccessible(page);
      await studio.keep(page, `compose-${theme}-${language}`);
      await page.close();
    }
  }
  for (const path of ['/compose', `/compose/${tune}`]) {
    const page = await studio.open(path, { width: 390, height: 844 });
    await page.locator('h1').waitFor();
    await page.waitForTimeout(500);
    assert.ok(((await page.evaluate('document.documentElement.scrollWidth')) as number) <= 390, path);
    await studio.keep(page, path === '/compose' ? 'compose-start-phone' : 'compose-phone');
    await page.close();
  }
  studio.quiet();
});
