// Gets a clone ready to run: installs packages when they are missing or older than the lock file, and finds Node 24.
// Plain JavaScript with no packages of its own, because it runs first, on whatever Node the machine has (20 or newer).
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = dirname(dirname(fileURLToPath(import.meta.url)));
const stamp = join(root, 'node_modules', '.llmagentos-ready');
const chinese = speaksChinese(process.argv.slice(2).join(' '), process.env);

/** Installs what the lock file names, once; says what it does. Exits with 69 when npm cannot. */
export function ensureReady() {
  const wanted = createHash('sha256')
    .update(readFileSync(join(root, 'package-lock.json')))
    .digest('hex');
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === wanted) return;
  say('Setting up: installing packages (about 430 MB, once) …', '正在准备：安装所需的包（约 430 MB，仅此一次）……');
  const npm = process.platform === 'win32' ? 'npm.cmd' : 'npm';
  const run = spawnSync(npm, ['ci', '--ignore-scripts', '--no-fund', '--no-audit', '--loglevel=error'], {
    cwd: root,
    stdio: ['ignore', 2, 2],
    shell: process.platform === 'win32',
  });
  if (run.status !== 0) {
    rmSync(stamp, { force: true });
    say(
      'npm ci failed; see its message above, mend it, and run the same command again.',
      'npm ci 失败；请按上面的提示修复后再运行同样的命令。',
    );
    process.exit(69);
  }
  writeFileSync(stamp, wanted);
}

/** The path of a Node that is 24 or newer: the one that is running, or the one that npm installed. Exits with 69 when there is none. */
export function projectNode() {
  if (Number(process.versions.node.split('.')[0]) >= 24) return process.execPath;
  const file = process.platform === 'win32' ? 'bin/node.exe' : 'bin/node';
  const packaged = join(
    root,
    'node_modules',
    `node-${process.platform === 'win32' ? 'win' : process.platform}-${process.arch}`,
    file,
  );
  if (existsSync(packaged)) return packaged;
  say(
    `Node 24 or newer is needed, and this project installs no build of it for ${process.platform}-${process.arch}. Install it from nodejs.org and run the same command again.`,
    `需要 Node 24 或更新版本，而本项目未附适合 ${process.platform}-${process.arch} 的构建。请从 nodejs.org 安装后再运行同样的命令。`,
  );
  process.exit(69);
}

// The same order as the command line: --lang, then the language of the request, then the locale.
function speaksChinese(request, env) {
  const asked = /--lang[ =](zh|en)/.exec(request)?.[1];
  if (asked !== undefined) return asked === 'zh';
  return /\p{Script=Han}/u.test(request) || /^zh/i.test(env.LC_ALL || env.LC_MESSAGES || env.LANG || '');
}

function say(english, chineseText) {
  process.stderr.write(`${chinese ? chineseText : english}\n`);
}
