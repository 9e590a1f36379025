/** Closes the ways around: Node's insides by name, the inspector, and native code from elsewhere than our own packages. */
import { realpathSync } from 'node:fs';
import inspector from 'node:inspector';
import inspectorPromises from 'node:inspector/promises';
import module from 'node:module';
import { resolve, sep } from 'node:path';
import type { Ground } from './ground.ts';
import { callAs, closedError, reseal, seal } from './seal.ts';

/** Insides that reach the network or start programs. */
const INSIDES =
  /^(?:tcp_wrap|udp_wrap|pipe_wrap|cares_wrap|process_wrap|spawn_sync|tls_wrap|stream_wrap|js_stream|js_udp_wrap|http_parser|inspector|quic)$/;

const PACKAGES = realpathSync(resolve(import.meta.dirname, '../../node_modules')) + sep;

/** Closes them. */
export function guardBackDoors({ stopped }: Ground): void {
  const refuse = (what: string): never => {
    stopped('native', what);
    throw closedError(what);
  };
  reseal(process, 'binding', (original) => (name: string) => {
    return INSIDES.test(name) ? refuse(`process.binding('${name}')`) : callAs(original, process, [name]);
  });
  seal(process, '_linkedBinding', (name: string) => refuse(`process._linkedBinding('${name}')`));
  seal(process, '_debugProcess', () => refuse('the inspector'));
  // Whoever holds another's open socket could speak through it.
  seal(process, '_getActiveHandles', () => []);
  seal(process, '_getActiveRequests', () => []);
  reseal(process, 'dlopen', (original) => (...args: [unknown, string, ...unknown[]]) => {
    const [, file] = args;
    return realpathSync(file).startsWith(PACKAGES) ? callAs(original, process, args) : refuse(file);
  });
  reseal(inspector, 'open', () => () => refuse('the inspector'));
  for (const name of ['connect', 'connectToMainThread', 'post']) {
    for (const { Session } of [inspector, inspectorPromises])
      reseal(Session.prototype, name, () => () => refuse('the inspector'));
  }
  // Hooks of modules run in a thread that nobody could guard from here.
  reseal(module, 'register', () => () => refuse('module.register'));
  const { DatabaseSync } = process.getBuiltinModule('node:sqlite');
  for (const name of ['loadExtension', 'enableLoadExtension']) {
    reseal(DatabaseSync.prototype, name, () => () => refuse('an extension of SQLite'));
  }
  // A report would ask for the names of whoever is connected.
  Object.assign(process.report ?? {}, { excludeNetwork: true });
}
