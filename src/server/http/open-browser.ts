/** Opens an address in the artist's browser, where there is one to see. */
import { spawn } from 'node:child_process';

/** What opens addresses on this machine; undefined where nobody would see it: no display, or somebody far away by ssh. */
export function browserCommand(
  platform: NodeJS.Platform,
  env: Readonly<Record<string, string | undefined>>,
): readonly string[] | undefined {
  if (env.CI || env.SSH_CONNECTION || env.SSH_TTY) return undefined;
  if (platform === 'darwin') return ['open'];
  // `start` takes its first quoted word for a title; explorer takes the address alone.
  if (platform === 'win32') return ['explorer.exe'];
  if (env.WSL_DISTRO_NAME) return ['explorer.exe'];
  return env.DISPLAY || env.WAYLAND_DISPLAY ? ['xdg-open'] : undefined;
}

/** Tries to open it; false where there is no browser. Nothing is waited for, and a browser that fails is no failure of ours. */
export function openBrowser(url: string, env: Readonly<Record<string, string | undefined>>): boolean {
  const command = browserCommand(process.platform, env);
  if (command === undefined) return false;
  const child = spawn(command[0]!, [...command.slice(1), url], { stdio: 'ignore', detached: true });
  child.on('error', () => undefined);
  child.unref();
  return true;
}
