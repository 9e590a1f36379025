/** ONNX Runtime would tell its maker of every model that is opened. Here it tells nobody, and leaves no number of the machine. */
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { globSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { graph as g } from '../src/training/index.ts';

const ROOT = join(import.meta.dirname, '..');
const RUNTIMES = /^import .* from '(?:onnxruntime-node|@huggingface\/transformers)';$/m;
const QUIET = /^import '(?:\.\.?\/)+(?:src\/)?core\/no-telemetry\.ts';$/m;
const folder = mkdtempSync(join(tmpdir(), 'quiet-'));
after(() => rmSync(folder, { recursive: true, force: true }));

/** What a program leaves in a home and a temporary folder of its own, as a machine that is no build server. */
function leftBy(program: string): string[] {
  const home = mkdtempSync(join(folder, 'home-'));
  const file = join(home, 'program.ts');
  writeFileSync(file, program);
  const run = spawnSync(process.execPath, ['--disable-warning=ExperimentalWarning', file], {
    env: { HOME: home, TMPDIR: home, PATH: process.env.PATH },
    encoding: 'utf8',
  });
  assert.equal(run.status, 0, run.stderr);
  rmSync(file);
  return readdirSync(home, { recursive: true }).map(String);
}

const at = (path: string): string => JSON.stringify(join(ROOT, path));
const RUN = `
  const made = g.createGraph();
  g.output('y', g.tanh(g.input(made, 'x', 'f32', [2])));
  const session = await g.createSession(made, { threads: 1 });
  await session.run({ x: { data: new Float32Array(2), shape: [2] } });
`;

function smallModel(): Uint8Array {
  const made = g.createGraph();
  g.output('y', g.tanh(g.input(made, 'x', 'f32', [2])));
  return g.encodeOnnx(made);
}

test('[NT1] a process that opens models with ONNX Runtime leaves no number of the machine and no log', (t) => {
  const ours = leftBy(`import { graph as g } from ${at('src/training/index.ts')};${RUN}`);
  assert.deepEqual(ours, []);
  // The same without care. Should a later runtime keep quiet of itself, this is where it is heard.
  const bare = leftBy(`
    import ort from ${at('node_modules/onnxruntime-node/dist/index.js')};
    await ort.InferenceSession.create(Buffer.from('${Buffer.from(smallModel()).toString('base64')}', 'base64'));`);
  t.diagnostic(`without it: ${bare.join(', ') || 'nothing either'}`);
});

test('[NT1] nor do the drivers of foreign models', () => {
  for (const driver of ['src/drivers/transformers/engine/runtime.ts', 'src/drivers/onnx/engine/sessions.ts'])
    assert.deepEqual(
      leftBy(`import ${at(driver)}; import { graph as g } from ${at('src/training/index.ts')};${RUN}`),
      [],
    );
});

test('[NT2] whoever imports a runtime that tells quiets it first', () => {
  const files = globSync('{src,bench,test,recipes,sdk,web}/**/*.ts', { cwd: ROOT, exclude: ['**/node_modules/**'] });
  const telling = files.filter((file) => RUNTIMES.test(readFileSync(join(ROOT, file), 'utf8')));
  assert.ok(telling.length >= 4);
  for (const file of telling) {
    const text = readFileSync(join(ROOT, file), 'utf8');
    const quiet = QUIET.exec(text);
    assert.ok(
      quiet && quiet.index < RUNTIMES.exec(text)!.index,
      `${file}: import core/no-telemetry.ts before the runtime`,
    );
  }
});
