/**
 * Connections to the address that was looked at: a name is asked once, every answer is judged, and the socket is opened to one
 * of those very numbers, so that nobody can answer differently the second time (DNS rebinding).
 */
import { lookup } from 'node:dns/promises';
import { connect, type Socket } from 'node:net';
import { connect as secure } from 'node:tls';
import { Agent, type buildConnector } from 'undici';
import { type Destination, isNumber, nearnessOf, readAddress } from './address.ts';
import { badAddress } from './refusals.ts';

/** How names are asked and sockets opened: by the guard of the process where there is one. */
export interface Passage {
  lookup(hostname: string): Promise<readonly string[]>;
  open(address: string, port: number): Socket;
}

/** Without a guard. */
export const OPEN_PASSAGE: Passage = {
  lookup: async (hostname) => (await lookup(hostname, { all: true })).map(({ address }) => address),
  open: (host, port) => connect({ host, port }),
};

/** Milliseconds until a connection must stand. */
const PATIENCE = 15_000;

/** An engine may think for long before its first word; its driver decides how long. */
const NEVER = 0;

/** Says whether a host may be near; throws where it may not be gone to at all any more. */
export type MayBeNear = (destination: Destination) => boolean;

/** The agent that opens all connections. */
export function createPinnedAgent(passage: Passage, mayBeNear: MayBeNear): Agent {
  const connector: buildConnector.connector = (options, done) => {
    open(options, passage, mayBeNear).then(
      (socket) => done(null, socket),
      (error: Error) => done(error, null),
    );
  };
  return new Agent({ connect: connector, headersTimeout: NEVER, bodyTimeout: NEVER });
}

async function open(
  { protocol, hostname, port, servername }: buildConnector.Options,
  passage: Passage,
  mayBeNear: MayBeNear,
): Promise<Socket> {
  const place = port === '' ? '' : `:${port}`;
  const bare = hostname.replace(/^\[|\]$/g, '');
  const destination = readAddress(`${protocol}//${bare.includes(':') ? `[${bare}]` : bare}${place}`);
  const numbers = isNumber(bare) ? [bare] : await passage.lookup(bare);
  const near = mayBeNear(destination);
  for (const number of numbers) judge(bare, number, near);
  const socket = await firstToStand(passage, numbers, destination.port);
  if (protocol !== 'https:') return socket;
  const name = servername ?? bare;
  return standing(
    secure({ socket, ALPNProtocols: ['http/1.1'], ...(isNumber(name) ? {} : { servername: name }) }),
    'secureConnect',
  );
}

/** Every number that a name has must be fit to be gone to. Throws `way-out/bad-address`. */
function judge(hostname: string, number: string, near: boolean): void {
  const nearness = nearnessOf(number);
  if (nearness === 'far' || (near && nearness === 'near')) return;
  if (near && nearness === 'link' && isNumber(hostname)) return;
  throw badAddress(hostname, {
    en: `it leads to ${number}, in a private or unusable range, and that was not granted`,
    zh: `它指向 ${number}，属于内网或不可用的地址，且未获授权`,
  });
}

/** Tries one number after the other. */
async function firstToStand(passage: Passage, numbers: readonly string[], port: number): Promise<Socket> {
  let failure: unknown = new Error('the name has no address');
  for (const number of numbers) {
    try {
      return await standing(passage.open(number, port), 'connect');
    } catch (thrown) {
      failure = thrown;
    }
  }
  throw failure;
}

function standing<T extends Socket>(socket: T, event: string): Promise<T> {
  const { promise, resolve, reject } = Promise.withResolvers<T>();
  const timer = setTimeout(() => socket.destroy(new Error(`no connection within ${PATIENCE / 1000} s`)), PATIENCE);
  const failed = (error: Error): void => {
    clearTimeout(timer);
    reject(error);
  };
  socket.once('error', failed).once(event, () => {
    clearTimeout(timer);
    socket.off('error', failed);
    resolve(socket.setNoDelay(true));
  });
  return promise;
}
