// What the whole test run needs beside the packages: a browser, Python, curl (from Debian), Deno (from npm). What cannot be had
// is said here, and the tests that need it are skipped with the same reason.
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '../bin/ready.mjs';

const PATIENCE = 10 * 60 * 1000;
const DENO = 'deno@2.9.6';
const TOOLS = join(root, 'node_modules', '.test-tools');

const DEBIAN = [
  {
    package: 'chromium',
    programs: ['chromium', 'chromium-browser', 'google-chrome'],
    without: 'the studio is not tried in a browser',
  },
  { package: 'python3', programs: ['python3'], without: 'the Python client is not tried' },
  { package: 'curl', programs: ['curl'], without: 'the commands of the documentation are not tried' },
];

/** Installs what is missing where that can be done without asking; otherwise says what will be skipped. */
export function ensureTestTools() {
  const missing = DEBIAN.filter(({ programs }) => !programs.some(isThere));
  if (missing.length > 0) installFromDebian(missing.map((tool) => tool.package));
  for (const tool of missing)
    if (!tool.programs.some(isThere))
      say(`No ${tool.package}: ${tool.without} (Debian: apt-get install ${tool.package}).`);
  if (!isThere('deno') && !existsSync(join(TOOLS, 'node_modules', '.bin', 'deno'))) installDeno();
}

function installFromDebian(packages) {
  if (!isThere('apt-get')) return;
  const asRoot = process.getuid?.() === 0 ? [] : ['sudo', '-n'];
  say(`Setting up for the tests: ${packages.join(', ')} from Debian …`);
  const apt = (...args) => run([...asRoot, 'apt-get', ...args]);
  if (!apt('-qq', 'update')) return;
  apt('-qq', '-y', '--no-install-recommends', 'install', ...packages);
}

function installDeno() {
  say('Setting up for the tests: Deno …');
  const npm = process.platform === 'win32' ? 'npm.cmd' : 'npm';
  const done = run([
    npm,
    'install',
    '--prefix',
    TOOLS,
    '--ignore-scripts',
    '--no-fund',
    '--no-audit',
    '--loglevel=error',
    DENO,
  ]);
  if (!done) say('No Deno: that the SDK runs in it is not tried (https://deno.com).');
}

function isThere(program) {
  return spawnSync(process.platform === 'win32' ? 'where' : 'which', [program], { stdio: 'ignore' }).status === 0;
}

function run([program, ...args]) {
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  const { status } = spawnSync(program, args, { stdio: ['ignore', 2, 2], timeout: PATIENCE, env });
  return status === 0;
}

function say(line) {
  process.stderr.write(`${line}\n`);
}
