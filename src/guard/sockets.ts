/** Closes what connects: every socket of this process, whichever module asks, at the handle that all of them use in the end. */
import { readFileSync } from 'node:fs';
import { networkInterfaces } from 'node:os';
import { join } from 'node:path';
import type { Ground } from './ground.ts';
import { isPassed } from './passage.ts';
import { callAs, EACCES, reseal } from './seal.ts';

const read = readFileSync;
const parse = JSON.parse;
const interfaces = networkInterfaces;

/** The classes behind sockets, as Node's own modules use them. */
export interface SocketBindings {
  readonly tcp: { readonly TCP: { readonly prototype: object } };
  readonly udp: { readonly UDP: { readonly prototype: object } };
  readonly pipe: { readonly Pipe: { readonly prototype: object } };
}

/** Closes them. */
export function guardSockets(ground: Ground, { tcp, udp, pipe }: SocketBindings): void {
  const { stopped } = ground;
  for (const name of ['connect', 'connect6']) {
    reseal(tcp.TCP.prototype, name, (original) => {
      return function (this: object, ...args: [unknown, string, number]): unknown {
        const [, address, port] = args;
        const passed = isPassed(this, address, port);
        if ((passed && !ground.offline()) || isOwnServer(ground, address, port)) return callAs(original, this, args);
        stopped('tcp', hostOf(address, port));
        return EACCES;
      };
    });
  }
  for (const name of ['bind', 'bind6']) {
    reseal(tcp.TCP.prototype, name, (original) => {
      return function (this: object, ...args: [string, number, number]): unknown {
        const [address, port] = args;
        if (isLoopback(address) || mayListen(ground)) return callAs(original, this, args);
        stopped('listen', hostOf(address, port));
        return EACCES;
      };
    });
  }
  for (const name of ['send', 'send6', 'connect', 'connect6']) {
    reseal(udp.UDP.prototype, name, () => (...args: unknown[]): number => {
      // send(request, list, count, port, address), send(request, list, count) once connected, connect(address, port)
      const [address, port] = name.startsWith('send') ? [args[4], args[3]] : args;
      stopped('udp', typeof address === 'string' ? hostOf(address, Number(port)) : 'udp');
      return EACCES;
    });
  }
  reseal(pipe.Pipe.prototype, 'connect', () => (_: never, path: string): number => {
    stopped('pipe', path);
    return EACCES;
  });
}

function hostOf(address: string, port: number): string {
  return address.includes(':') ? `[${address}]:${port}` : `${address}:${port}`;
}

/** Whether a number is this machine's own, and nobody else's. */
export function isLoopback(address: string): boolean {
  return address === '::1' || /^(?:::ffff:)?127\.\d+\.\d+\.\d+$/.test(address);
}

/** Only a server that the artist started listens to others than this machine. */
function mayListen({ child }: Ground): boolean {
  return !child && SERVES;
}

const SERVES = process.argv.includes('serve');

/** Whether it is the server of this home, as its file says: the artist's own programs ask it whether it runs. */
export function isOwnServer({ home, child }: Ground, address: string, port: number): boolean {
  if (child) return false;
  const running = runningServer(home);
  if (running === undefined || running.port !== port) return false;
  return isLoopback(address) || (address === running.host && isOwnAddress(address));
}

function runningServer(home: string): { readonly host: string; readonly port: number } | undefined {
  try {
    return (parse(read(join(home, 'server.json'), 'utf8')) as { running?: { host: string; port: number } }).running;
  } catch {
    return undefined;
  }
}

function isOwnAddress(address: string): boolean {
  if (address === '0.0.0.0' || address === '::') return true;
  return Object.values(interfaces()).some((own) => own?.some((one) => one.address === address));
}
