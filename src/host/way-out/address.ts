/**
 * The one reader of addresses: whatever leaves is asked for by a text, and this says where that text leads. Numbers in odd
 * clothes (`http://2130706433/`, `http://0x7f.1/`, `[::ffff:127.0.0.1]`) come out as the address that they are.
 */
import ipaddr from 'ipaddr.js';
import { badAddress } from './refusals.ts';

/** Where an address leads. */
export interface Destination {
  /** `https://host`, or with a port that is not the usual one; `wss:` counts as `https:`, `ws:` as `http:`. */
  readonly origin: string;
  /** Host with its port, as lists show it. */
  readonly host: string;
  /** Name or number, without brackets. */
  readonly hostname: string;
  readonly port: number;
  readonly secure: boolean;
  /** The whole address, fit to be asked. */
  readonly url: string;
}

const SCHEMES: Readonly<Record<string, { readonly as: string; readonly secure: boolean; readonly port: number }>> = {
  'http:': { as: 'http:', secure: false, port: 80 },
  'https:': { as: 'https:', secure: true, port: 443 },
  'ws:': { as: 'http:', secure: false, port: 80 },
  'wss:': { as: 'https:', secure: true, port: 443 },
};

/** Reads an address. Throws `way-out/bad-address` for other schemes, for names and passwords in it, and for what is none. */
export function readAddress(text: string): Destination {
  const url = URL.parse(text);
  if (url === null) throw badAddress('', { en: 'it is no address', zh: '不是有效的地址' });
  const scheme = SCHEMES[url.protocol];
  if (!scheme) {
    const own = url.protocol.slice(0, -1);
    throw badAddress(own, {
      en: `'${own}:' is not http, https, ws or wss`,
      zh: `“${own}:”不是 http、https、ws 或 wss`,
    });
  }
  if (url.username !== '' || url.password !== '') {
    throw badAddress(url.host, { en: 'a name or password stands in it', zh: '地址中带有用户名或密码' });
  }
  const hostname = url.hostname.replace(/^\[|\]$/g, '');
  const port = url.port === '' ? scheme.port : Number(url.port);
  url.hash = '';
  const origin = `${scheme.as}//${url.host}`;
  return { origin, host: `${url.hostname}:${port}`, hostname, port, secure: scheme.secure, url: url.href };
}

/** How near a number lies: out in the world, on this machine or in the house, on this very cable, or nowhere to go to. */
export type Nearness = 'far' | 'near' | 'link' | 'never';

const NEARNESS: Readonly<Record<string, Nearness>> = {
  unicast: 'far',
  loopback: 'near',
  private: 'near',
  uniqueLocal: 'near',
  carrierGradeNat: 'near',
  linkLocal: 'link',
};

/** How near the address of a machine lies; addresses that wrap another (IPv4 in IPv6) are unwrapped first. */
export function nearnessOf(number: string): Nearness {
  if (!ipaddr.isValid(number)) return 'never';
  const address = unwrap(ipaddr.process(number));
  return NEARNESS[address.range()] ?? 'never';
}

/** Whether a host is written as a number. */
export function isNumber(hostname: string): boolean {
  return ipaddr.isValid(hostname);
}

/** Names that only this machine or the house knows. */
export function isNearName(hostname: string): boolean {
  const name = hostname.replace(/\.$/, '');
  return !name.includes('.') || /\.(?:localhost|local|lan|internal|home\.arpa)$/.test(name);
}

/** IPv4 within IPv6 as translators write it (RFC 6052, 64:ff9b::/96). */
function unwrap(address: ipaddr.IPv4 | ipaddr.IPv6): ipaddr.IPv4 | ipaddr.IPv6 {
  if (address.kind() !== 'ipv6' || address.range() !== 'rfc6052') return address;
  return new ipaddr.IPv4(address.toByteArray().slice(12));
}
