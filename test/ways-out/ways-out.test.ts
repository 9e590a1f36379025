/** A plugin tries every way out of a guarded process: none leads anywhere, and each attempt stands on the list. */
import assert from 'node:assert/strict';
import { type ChildProcess, spawn } from 'node:child_process';
import dgram from 'node:dgram';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import http from 'node:http';
import net, { type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import type { Sent } from '../../src/host/index.ts';
import { type Far, WAYS } from './ways.ts';

const root = mkdtempSync(join(tmpdir(), 'ways-out-'));
const closers: (() => unknown)[] = [];
after(() => {
  for (const close of closers) close();
  rmSync(root, { recursive: true, force: true });
});

/** How many came, by any way. */
let came = 0;
let far: Far;

before(async () => {
  const come = (): void => void came++;
  const site = http.createServer((_, response) => void response.end('loot'));
  const onward = http.createServer((_, response) => {
    response.writeHead(302, { location: `http://127.0.0.1:${portOf(site)}/` }).end();
  });
  const cable = net.createServer((socket) => void socket.end());
  for (const server of [site, onward, cable]) {
    server.on('connection', come);
    closers.push(() => server.close());
  }
  const pipe = join(root, 'pipe');
  const names = dgram.createSocket('udp4').on('message', come);
  closers.push(() => names.close());
  await Promise.all([
    new Promise<void>((resolve) => site.listen(0, '127.0.0.1', resolve)),
    new Promise<void>((resolve) => onward.listen(0, '127.0.0.1', resolve)),
    new Promise<void>((resolve) => cable.listen(pipe, resolve)),
    new Promise<void>((resolve) => names.bind(0, '127.0.0.1', resolve)),
  ]);
  far = { port: portOf(site), sendsOn: portOf(onward), udp: names.address().port, pipe };
});

function portOf(server: net.Server | http.Server): number {
  return (server.address() as AddressInfo).port;
}

interface Told {
  readonly report: Readonly<Record<string, string>>;
  readonly listed: readonly Sent[];
}

async function tryAll(how: 'open' | 'guarded', home = mkdtempSync(join(root, 'home-'))): Promise<Told> {
  const trial = join(import.meta.dirname, 'trial.ts');
  return JSON.parse(await outputOf([trial, home, how, JSON.stringify(far)])) as Told;
}

/** What a program of ours prints. */
async function outputOf(argv: readonly string[]): Promise<string> {
  const own = ['--disable-warning=ExperimentalWarning', ...argv];
  const child: ChildProcess = spawn(process.execPath, own, { stdio: ['ignore', 'pipe', 'inherit'] });
  let out = '';
  child.stdout?.on('data', (text) => {
    out += text;
  });
  await new Promise((resolve) => child.once('close', resolve));
  return out;
}

/** What leads to a network or a program that a test has not. */
const NEEDS_MORE = ['fetch by name', 'dns.lookup', 'dns.resolve', 'dns.reverse', 'a resolver of its own'];
const MAY_FAIL = [
  ...NEEDS_MORE,
  'http2',
  'a fork of ours, off the network',
  'WebSocket',
  'the class behind an open socket',
  'a gap of our own',
  'the guard taken down',
];

test('the ways lead out where nobody guards them', { timeout: 120_000 }, async () => {
  const { report } = await tryAll('open');
  const led = Object.keys(report).filter((name) => report[name] === 'through');
  const wanted = Object.keys(report).filter((name) => !MAY_FAIL.includes(name));
  assert.deepEqual(
    wanted.filter((name) => !led.includes(name)),
    [],
  );
  assert.ok(came >= 20, `${came} came`);
});

test('[WO10] with the guard up none of the ways leads out, and every attempt is listed with its job', {
  timeout: 120_000,
}, async () => {
  came = 0;
  const { report, listed } = await tryAll('guarded');
  assert.deepEqual(
    Object.keys(report).filter((name) => report[name] !== 'stopped'),
    [],
  );
  assert.equal(came, 0);
  assert.equal(Object.keys(report).length, Object.keys(WAYS).length);
  assert.ok(Object.keys(WAYS).length >= 20);
  assert.ok(listed.length >= Object.keys(WAYS).length, `${listed.length} of ${Object.keys(WAYS).length} listed`);
  assert.deepEqual([...new Set(listed.map(({ stopped }) => stopped))], ['way-out/around']);
  assert.deepEqual([...new Set(listed.map(({ op }) => op))], ['plugin/steal']);
  const vias = new Set(listed.map(({ via }) => via));
  for (const via of ['tcp', 'udp', 'dns', 'pipe', 'program', 'listen', 'native']) assert.ok(vias.has(via), via);
});

test('[WO11] the server of this home is reached, and nothing beside it', { timeout: 120_000 }, async () => {
  const home = mkdtempSync(join(root, 'home-'));
  mkdirSync(home, { recursive: true });
  writeFileSync(join(home, 'server.json'), JSON.stringify({ running: { host: '127.0.0.1', port: far.sendsOn } }));
  came = 0;
  const { report } = await tryAll('guarded', home);
  assert.equal(report['fetch sent on'], 'stopped', 'what the server sends on to is not the server');
  assert.equal(came, 1);
});

test('[WO12] the gap is the only way through: it leads out while the switch is open, and what stands open is broken off', {
  timeout: 60_000,
}, async () => {
  const slow = http.createServer((request, response) => {
    if (request.url !== '/slow') return void response.end('ok');
    const beat = setInterval(() => response.write('星'), 20);
    response.on('close', () => clearInterval(beat));
  });
  await new Promise<void>((resolve) => slow.listen(0, '127.0.0.1', resolve));
  closers.push(() => slow.close());
  const argv = [
    join(import.meta.dirname, 'gap-trial.ts'),
    mkdtempSync(join(root, 'home-')),
    `http://127.0.0.1:${portOf(slow)}`,
  ];
  const told = JSON.parse(await outputOf(argv)) as Record<string, unknown>;
  assert.notEqual(told.whileItCame, 'came to its end');
  assert.deepEqual([told.afterwards, told.openAgain, told.socket], ['way-out/closed', 200, 'refused by the server']);
  const outcomes = (told.listed as [string, string][]).map(([, outcome]) => outcome).reverse();
  assert.deepEqual([outcomes.length, outcomes[1], outcomes[2]], [4, 'way-out/closed', 'left']);
});
