/**
 * The one gap in the guard: sockets of the way out. It is given away once, to the house, before anybody else's code runs; what
 * goes through it is closed by the switch like everything else, also when it stands open already.
 */
import { promises as dns } from 'node:dns';
import { Socket, type TcpSocketConnectOpts } from 'node:net';
import type { Ground } from './ground.ts';
import { closedError } from './seal.ts';

export interface GuardedPassage {
  /** Numbers of a name. */
  lookup(hostname: string): Promise<readonly string[]>;
  /** A socket to a number, on its way. */
  open(address: string, port: number): Socket;
}

/** How often the switch is looked at while something stands open, in milliseconds. */
const LOOK = 200;

const lookUp = dns.lookup;
const connect = Socket.prototype.connect as (this: Socket, to: TcpSocketConnectOpts) => Socket;
const passes = new WeakMap<object, string>();
const passOf = Function.prototype.call.bind(WeakMap.prototype.get) as (
  map: WeakMap<object, string>,
  key: object,
) => string | undefined;

/** Whether a handle may connect there. */
export function isPassed(handle: object, address: string, port: number): boolean {
  return passOf(passes, handle) === `${address} ${port}`;
}

/** Makes the gap. */
export function createPassage(ground: Ground): GuardedPassage {
  const open = new Set<Socket>();
  let watch: NodeJS.Timeout | undefined;
  const look = (): void => {
    if (ground.offline()) for (const socket of open) socket.destroy(closedError('the way out'));
    if (open.size > 0) return;
    clearInterval(watch);
    watch = undefined;
  };
  return {
    lookup: async (hostname) => {
      if (ground.offline()) throw closedError('the way out');
      return (await lookUp(hostname, { all: true })).map(({ address }) => address);
    },
    open: (address, port) => {
      if (ground.offline()) throw closedError('the way out');
      const socket = new Socket();
      connect.call(socket, { host: address, port, autoSelectFamily: false });
      // Its handle stands ready at once and connects on the next tick.
      const { _handle: handle } = socket as unknown as { readonly _handle: object };
      passes.set(handle, `${address} ${port}`);
      open.add(socket);
      socket.once('close', () => open.delete(socket));
      watch ??= setInterval(look, LOOK).unref();
      return socket;
    },
  };
}
