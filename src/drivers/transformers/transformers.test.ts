import assert from 'node:assert/strict';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import {
  createResidency,
  type DriverSurroundings,
  GAP,
  type ModelDriver,
  type PixelPlanes,
  rankPictures,
} from '../../kernel/index.ts';
import { createTransformersDriver } from './index.ts';

const FIXTURES = join(import.meta.dirname, 'fixtures');
const reference = JSON.parse(readFileSync(join(FIXTURES, 'reference.json'), 'utf8'));
const eyes = JSON.parse(readFileSync(join(FIXTURES, 'reference-eyes.json'), 'utf8'));
const root = mkdtempSync(join(tmpdir(), 'transformers-'));
const residency = createResidency({ available: () => 8 * 2 ** 30, clock: { now: () => 0 } });
after(() => {
  residency[Symbol.dispose]();
  rmSync(root, { recursive: true, force: true });
});

const closed: DriverSurroundings['wayOut'] = {
  fetchFor: () => () => assert.fail('nothing is fetched'),
  connect: () => assert.fail('nothing is reached'),
  maySpend: () => assert.fail('nothing is spent'),
  spent: () => assert.fail('nothing is spent'),
};
const driver: ModelDriver = createTransformersDriver({
  wayOut: closed,
  key: async () => undefined,
  residency,
  sleep: async () => undefined,
});

/** The folder of a model whose files lie elsewhere, as `models add` writes it. */
async function add(fixture: string, fields: object = {}): Promise<string> {
  const path = join(FIXTURES, fixture);
  const files = ['config.json'];
  const recognised = await driver.recognise!({ kind: 'folder', path, files });
  assert.ok(recognised, fixture);
  const folder = join(mkdtempSync(join(root, 'model-')), fixture);
  mkdirSync(folder);
  const card = {
    ...recognised.card,
    name: fixture,
    driver: 'transformers',
    licence: 'CC0-1.0',
    folder: path,
    ...fields,
  };
  writeFileSync(join(folder, 'card.json'), JSON.stringify(card));
  return folder;
}

const close = (found: Iterable<number>, wanted: readonly number[], by = 2e-4): void => {
  const values = [...found];
  assert.equal(values.length, wanted.length);
  for (const [i, value] of values.entries()) {
    assert.ok(Math.abs(value - wanted[i]!) < by, `${i}: ${value} for ${wanted[i]}`);
  }
};

function planes(bytes: readonly number[]): PixelPlanes {
  return { width: 16, height: 16, channels: 3, data: Float32Array.from(bytes, (byte) => byte / 127.5 - 1) };
}

test('GPT-2 writes the same greedy text as PyTorch, and finds texts as likely', async () => {
  const folder = await add('gpt2');
  await using model = await driver.createTokenModel!(folder);
  const { text, ids, greedy, score, logits } = reference.gpt2;
  assert.deepEqual(model.encode(text), ids);
  assert.equal(model.decode(ids), text);
  assert.equal(model.contextLength, 128);
  assert.equal(model.vocabulary.length, 296);
  assert.equal(Buffer.concat(ids.map((id: number) => model.bytes(id))).toString(), text);
  await using batch = await model.open(ids, 1);
  close(batch.logits(0), logits);
  const written: number[] = [];
  for (let i = 0; i < greedy.length; i++) {
    const next = batch.logits(0);
    written.push(next.reduce((best, value, id) => (value > next[best]! ? id : best), 0));
    await batch.extend([written.at(-1)!]);
  }
  assert.deepEqual(written, greedy);
  const [scores] = await model.score([ids]);
  close(scores!, score, 1e-3);
});

test('rows of a batch are copied, dropped and turned back as if each had been written alone', async () => {
  const folder = await add('gpt2');
  await using model = await driver.createTokenModel!(folder);
  const { ids } = reference.gpt2;
  const alone = async (tokens: readonly number[]): Promise<number[]> => {
    await using one = await model.open([...ids, ...tokens], 1);
    return [...one.logits(0)];
  };
  await using batch = await model.open(ids, 3);
  await batch.extend([40, 50, 60]);
  await batch.extend([41, 51, 61]);
  close(batch.logits(1), await alone([50, 51]));
  batch.select([2, 0]);
  assert.deepEqual([batch.width, batch.length], [2, ids.length + 2]);
  close(batch.logits(0), await alone([60, 61]));
  batch.rewind(ids.length + 1);
  close(batch.logits(1), await alone([40]));
  batch.select([1, 1, 0]);
  await batch.extend([42, 43, 63]);
  close(batch.logits(0), await alone([40, 42]));
  close(batch.logits(1), await alone([40, 43]));
  close(batch.logits(2), await alone([60, 63]));
  batch.rewind(ids.length);
  close(batch.logits(2), await alone([]));
  await assert.rejects(model.open(new Array(129).fill(5), 1), { code: 'engine/context-full' });
});

test('GPT-2 answers by its template as PyTorch does, piece by piece; the same seed says the same', async () => {
  const folder = await add('gpt2');
  await using model = await driver.createChatModel!(folder);
  const messages = [
    { role: 'user', parts: [{ kind: 'text', text: 'a red boat on a lake; a blue bird over a tree' }] },
  ] as const;
  const { prompt, said, saidText } = reference.gpt2;
  assert.deepEqual(await model.count(messages), { tokens: prompt.length, exact: true });
  const pieces: string[] = [];
  const reply = await model.reply({ messages, temperature: 0, maxTokens: 16, onText: (piece) => pieces.push(piece) });
  assert.equal(reply.text, saidText);
  assert.equal(pieces.join(''), reply.text);
  assert.ok(pieces.length > 1);
  assert.deepEqual(reply.usage, { input: prompt.length, output: said.length });
  const again = { messages, seed: 7, maxTokens: 12, topP: 0.9, temperature: 1.2 };
  assert.equal((await model.reply(again)).text, (await model.reply(again)).text);
  const stop = reply.text.slice(3, 5);
  const cut = await model.reply({ messages, temperature: 0, maxTokens: 16, stop: [stop] });
  assert.deepEqual([cut.text, cut.finish], [reply.text.slice(0, reply.text.indexOf(stop)), 'stop']);
});

test('a chat that is stopped ends at once, one that does not fit is refused, and JSON is checked', async () => {
  const folder = await add('gpt2');
  await using model = await driver.createChatModel!(folder);
  const user = (text: string) => ({ role: 'user', parts: [{ kind: 'text', text }] }) as const;
  const controller = new AbortController();
  const onText = (): void => controller.abort();
  const stopped = model.reply({ messages: [user('moon')], temperature: 1, seed: 3, signal: controller.signal, onText });
  await assert.rejects(stopped, { code: 'core/cancelled' });
  await assert.rejects(model.reply({ messages: [user('moon '.repeat(400))] }), { code: 'engine/context-full' });
  const schema = { type: 'object', properties: { a: { type: 'number' } }, required: ['a'] };
  await assert.rejects(model.reply({ messages: [user('x')], schema: schema as never, maxTokens: 4, seed: 1 }), {
    code: 'engine/wrong-answer',
  });
  const tools = [{ name: 'look', description: 'looks', input: {} }];
  await assert.rejects(model.reply({ messages: [user('x')], tools }), { code: 'engine/cannot' });
});

test('BERT fills gaps as PyTorch does', async () => {
  await using model = await driver.createGapFiller!(await add('bert-gaps'));
  const { text, fillings } = reference['bert-gaps'];
  const found = await model.fill(text.replaceAll('[MASK]', GAP), { count: 3 });
  assert.deepEqual(
    found.map((gap) => gap.map(({ text: word }) => word)),
    fillings.map((gap: [string, number][]) => gap.map(([word]) => word)),
  );
  close(
    found.flatMap((gap) => gap.map(({ probability }) => probability)),
    fillings.flat().map(([, p]: [string, number]) => p),
  );
  await assert.rejects(model.fill('床前明月光'), { code: 'engine/cannot' });
  await assert.rejects(model.fill(`${GAP}${'月'.repeat(40)}`), { code: 'engine/context-full' });
});

test('texts point where PyTorch says they point', async () => {
  await using model = await driver.createTextEmbedder!(await add('bert-embed'));
  const { texts, vectors } = reference['bert-embed'];
  assert.equal(model.dimensions, 24);
  const found = await model.embed(texts);
  for (const [i, vector] of found.entries()) close(vector, vectors[i]);
});

test('CLIP finds words as fit for pictures as PyTorch does, and ranks candidates by it', async () => {
  await using eye = await driver.createPictureEye!(await add('clip'));
  const { texts, pictures, match } = reference.clip;
  const seen = pictures.map(planes);
  const rows = await eye.match(seen, texts);
  for (const [i, row] of rows.entries()) close(row, match[i], 1e-3);
  const ranked = await rankPictures(eye, seen, texts[0]);
  const order = [0, 1].sort((a, b) => match[b][0] - match[a][0]);
  assert.deepEqual(
    ranked.map(({ index }) => index),
    order,
  );
  await assert.rejects(eye.describe(seen[0]), { code: 'engine/cannot' });
  await assert.rejects(eye.match(seen, ['月'.repeat(60)]), { code: 'engine/context-full' });
});

test('depth, subject, captions and larger pictures come as the same networks give them in PyTorch', async () => {
  const picture = planes(eyes.picture);
  await using depth = await driver.createPictureEye!(await add('depth'));
  const [least, most] = [Math.min(...eyes.depth), Math.max(...eyes.depth)];
  close(
    (await depth.depth(picture)).data,
    eyes.depth.map((far: number) => ((far - least) / (most - least)) * 2 - 1),
    1e-3,
  );
  await using subject = await driver.createPictureEye!(await add('subject'));
  close(
    (await subject.subject(picture)).data,
    eyes.subject.map((share: number) => share * 2 - 1),
    0.02,
  );
  await using enlarger = await driver.createPictureModel!(await add('enlarge'));
  const larger = await enlarger.make({ seed: 1, from: picture });
  assert.deepEqual([larger.width, larger.height, larger.channels, enlarger.scale], [32, 32, 3, 2]);
  close(
    larger.data,
    eyes.enlarge.map((share: number) => share * 2 - 1),
    0.02,
  );
  await using describer = await driver.createPictureEye!(await add('caption'));
  await using words = await driver.createTokenModel!(await add('gpt2'));
  const caption = words.decode(eyes.caption.filter((id: number) => id !== 0)).trim();
  assert.equal(await describer.describe(picture), caption);
});

test('words become the sound that PyTorch makes of them, round at its ends, and stop when asked to', async () => {
  await using model = await driver.createSoundModel!(await add('music'));
  assert.deepEqual([model.rate, model.open], [1600, true]);
  const { labels, length, guidance, wave } = eyes.music;
  const shares: number[] = [];
  const request = { labels, length, guidance, seed: 'x', onProgress: (done: number) => shares.push(done) };
  const sound = await model.make(request);
  assert.equal(sound.length, length);
  // What comes after the end fades out over the beginning, so the end runs on into it.
  const round = wave.slice(0, length).map((value: number, i: number) => {
    const share = i / length;
    return value * Math.sqrt(share) + wave[length + i] * Math.sqrt(1 - share);
  });
  close(sound, round, 1e-3);
  assert.ok(shares.length > 10 && shares.at(-1) === 1);
  const controller = new AbortController();
  const stopped = model.make({
    ...request,
    length: 9000,
    signal: controller.signal,
    onProgress: () => controller.abort(),
  });
  await assert.rejects(stopped, { code: 'core/cancelled' });
});

test('pickles, missing files and broken files are refused with the reason; another kind of folder is left to others', async () => {
  const look = (path: string) => driver.recognise!({ kind: 'folder', path, files: ['config.json'] });
  const copy = (change: (folder: string) => void): string => {
    const folder = mkdtempSync(join(root, 'copy-'));
    cpSync(join(FIXTURES, 'bert-embed'), folder, { recursive: true });
    change(folder);
    return folder;
  };
  const pickled = copy((folder) => {
    rmSync(join(folder, 'onnx'), { recursive: true });
    writeFileSync(join(folder, 'pytorch_model.bin'), 'x');
  });
  await assert.rejects(look(pickled), { code: 'engine/broken-model', message: /pickle/ });
  const bare = copy((folder) => rmSync(join(folder, 'onnx'), { recursive: true }));
  await assert.rejects(look(bare), { code: 'engine/broken-model', message: /no ONNX files/ });
  const cut = copy((folder) => {
    const file = join(folder, 'onnx/model.onnx');
    writeFileSync(file, readFileSync(file).subarray(0, 5000));
  });
  await assert.rejects(look(cut), { code: 'engine/broken-model' });
  const other = copy((folder) =>
    writeFileSync(join(folder, 'config.json'), '{"model_type":"x","architectures":["Y"]}'),
  );
  assert.equal(await look(other), undefined);
});

test('a card written by hand need not say what its model does', async () => {
  const folder = await add('gpt2');
  const roles = (card: { readonly [key: string]: string }) => driver.roles!({ folder, card });
  writeFileSync(join(folder, 'card.json'), JSON.stringify({ name: 'x', folder: join(FIXTURES, 'gpt2') }));
  assert.deepEqual(roles({ name: 'x' }), ['token', 'chat']);
  writeFileSync(join(folder, 'card.json'), JSON.stringify({ name: 'x', folder: root }));
  assert.deepEqual(roles({ name: 'x' }), []);
});
