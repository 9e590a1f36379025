import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import sharp from 'sharp';
import { createOs, type Os } from '../index.ts';
import { RECIPE_MARK, type Recipe } from './index.ts';

const root = mkdtempSync(join(tmpdir(), 'llmagentos-recipe-'));
after(() => rmSync(root, { recursive: true, force: true, maxRetries: 3 }));

const open = (name: string): Promise<Os> => createOs({ home: join(root, name), modelFolders: [] });

async function made(os: Os, op: string, inputs: readonly string[], options: object, seed: number): Promise<string[]> {
  return (await os.run({ op, inputs, options, seed }).result).works.map(({ id }) => id);
}

/** As the studio in the browser looks for it: no knowledge of the format. */
function found(bytes: Uint8Array): Recipe | undefined {
  const text = Buffer.from(bytes).toString('utf8');
  const line = text.split(RECIPE_MARK)[1]?.split('\n')[0];
  return line === undefined ? undefined : (JSON.parse(line) as Recipe);
}

/** Walks the steps of a recipe; the ids of what each made. */
async function follow(os: Os, { steps }: Recipe): Promise<string[][]> {
  const works: string[][] = [];
  for (const { op, seed, options = {}, of = [] } of steps) {
    const inputs = of.map(([step, place]) => works[step]![place]!);
    works.push(await made(os, op, inputs, options, seed));
  }
  return works;
}

test('a tune, a small picture and a plan leave with their recipe, and every reader passes over it', async () => {
  await using os = await open('here');
  const [plan] = await made(os, 'plan/read', [], { brief: '江上清风，一支笛子独奏 “月”' }, 7);
  const [, tune] = await made(os, 'music/compose', [plan!], { count: 2 }, 8);
  const [picture] = await made(os, 'image/paint', [plan!], { size: [128, 96] }, 9);

  const midi = await os.export(tune!, 'mid');
  const recipe = found(midi.bytes)!;
  assert.deepEqual(
    [recipe.work, recipe.place, recipe.steps.map(({ op }) => op)],
    [tune, 1, ['plan/read', 'music/compose']],
  );
  assert.deepEqual(recipe.steps[0]!.options, { brief: '江上清风，一支笛子独奏 “月”' }, 'only what is unusual');
  assert.equal(recipe.steps[1]!.seed, 8);
  const brought = await os.bring({ name: 'a.mid', mime: 'audio/midi', bytes: midi.bytes });
  const [read] = await made(os, 'music/read', [brought.id], {}, 1);
  const notes = (id: string) => os.load(id).then(({ document }) => JSON.stringify(document).match(/"pitch/g)?.length);
  assert.equal(await notes(read!), await notes(tune!));

  const png = await os.export(picture!, 'png');
  assert.deepEqual(found(png.bytes)!.steps.at(-1)!.options, { size: [128, 96] });
  assert.equal((await sharp(png.bytes, { failOn: 'warning' }).stats()).channels.length, 3);
  for (const [id, format] of [
    [picture!, 'png'],
    [tune!, 'txt'],
  ] as const)
    assert.equal(found((await os.export(id, format, { bare: true })).bytes), undefined, `${format} without it`);
});

test('in another home the recipe makes the same works under the same names', async () => {
  await using here = await open('here-again');
  const [plan] = await made(here, 'plan/read', [], { brief: '雪夜' }, 3);
  const [edited] = await made(here, 'plan/edit', [plan!], { changes: { season: 'winter' } }, 4);
  const [tune] = await made(here, 'music/compose', [edited!], {}, 5);
  const recipe = found((await here.export(tune!, 'txt')).bytes)!;
  await using there = await open('there');
  const works = await follow(there, recipe);
  assert.equal(works.at(-1)![recipe.place], tune);
  assert.equal((await there.works.get(tune!)).title, recipe.title);
});

test('sound carries it in its tag: what follows the tag is sound, as before', async () => {
  await using os = await open('sound');
  const [plan] = await made(os, 'plan/read', [], { brief: 'a short tune in C' }, 1);
  const [tune] = await made(os, 'music/compose', [plan!], { bars: 4 }, 1);
  const { bytes } = await os.export(tune!, 'mp3', { bars: [1, 1] });
  const bare = (await os.export(tune!, 'mp3', { bars: [1, 1], bare: true })).bytes;
  assert.equal(found(bytes)!.work, tune);
  assert.deepEqual(afterTag(bytes), afterTag(bare));
});

function afterTag(bytes: Uint8Array): Uint8Array {
  const size = [6, 7, 8, 9].reduce((sum, at) => (sum << 7) | bytes[at]!, 0);
  const rest = bytes.subarray(10 + size);
  assert.equal(rest[0], 0xff, 'a frame of sound begins');
  return rest;
}

test('what was brought has no recipe', async () => {
  await using os = await open('brought');
  const file = await os.bring({
    name: 'b.abc',
    mime: 'text/vnd.abc',
    bytes: new TextEncoder().encode('X:1\nK:C\nCDEF|\n'),
  });
  const [tune] = await made(os, 'music/read', [file.id], {}, 1);
  assert.equal(found((await os.export(tune!, 'mid')).bytes), undefined);
});
