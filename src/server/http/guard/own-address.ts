/**
 * The names under which this server may be asked for. Whoever can point a name of their own at 127.0.0.1 could otherwise talk
 * to us from their page with our own origin's rights (DNS rebinding); a name that is not ours is refused, whatever it points at.
 */
import { hostname, networkInterfaces } from 'node:os';

/** Where the server listens. */
export interface Address {
  /** As given: a name or an IP address. */
  readonly host: string;
  readonly port: number;
}

const LOOPBACK: readonly string[] = ['127.0.0.1', 'localhost', '[::1]'];
const EVERYWHERE: readonly string[] = ['0.0.0.0', '::', '[::]'];

/** Whether an address can be reached from this machine alone. */
export function isLoopback(host: string): boolean {
  return LOOPBACK.includes(bracketed(host));
}

/** Whether a peer's address, as a socket tells it, is this machine. */
export function isLoopbackPeer(address: string | undefined): boolean {
  return address === '::1' || /^(?:::ffff:)?127\.\d+\.\d+\.\d+$/.test(address ?? '');
}

/** Tells whether a `Host` header names us, port included. Ports may be left out where they are 80. */
export function createHostCheck({ host, port }: Address): (header: string | undefined) => boolean {
  const names = new Set([...LOOPBACK, ...namesOf(host)].map((name) => name.toLowerCase()));
  return (header) => {
    const parsed = /^(\[[0-9a-f:.]+\]|[a-z0-9._-]+)(?::(\d{1,5}))?$/.exec((header ?? '').toLowerCase());
    return parsed !== null && names.has(parsed[1]!) && Number(parsed[2] ?? 80) === port;
  };
}

/** Tells whether an `Origin` header is a page of ours. `null`, as sandboxed pages send it, is not. */
export function createOriginCheck(address: Address): (header: string) => boolean {
  const isOurs = createHostCheck(address);
  return (header) => header.startsWith('http://') && isOurs(header.slice('http://'.length));
}

/** An address written as it stands in a URL. */
export function bracketed(host: string): string {
  return host.includes(':') && !host.startsWith('[') ? `[${host}]` : host;
}

/** A server that listens everywhere answers to the machine's name and to its addresses; those cannot be borrowed by others. */
function namesOf(host: string): string[] {
  if (!EVERYWHERE.includes(host)) return [bracketed(host)];
  const addresses = Object.values(networkInterfaces()).flatMap((all) => all ?? []);
  return [hostname(), ...addresses.map(({ address }) => bracketed(address.split('%')[0]!))];
}
