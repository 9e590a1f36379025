/** Our record in an XMP packet (ISO 16684-1), for the formats that have no texts of their own: JPEG, WebP, AVIF. */
import { deflateRawSync } from 'node:zlib';
import { unpack } from './limits.ts';

const NAMESPACE = 'urn:llmagentos:made:1';
/** JPEG keeps at most so much in one piece. */
const LONGEST_PACKET = 65_000;

/** A packet that holds a record, and words for people; the record is left out where it would not fit. */
export function formatXmp({ record, words }: { readonly record: string; readonly words: string }): string {
  const packed = deflateRawSync(record, { level: 9 }).toString('base64');
  const whole = packet(packed, words);
  return whole.length <= LONGEST_PACKET ? whole : packet('', '');
}

function packet(record: string, words: string): string {
  const made = record === '' ? '' : ` llmagentos:made="${record}"`;
  const said =
    words === ''
      ? ''
      : `<dc:description><rdf:Alt><rdf:li xml:lang="x-default">${escapeXml(words)}</rdf:li></rdf:Alt></dc:description>`;
  return `<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?><x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><rdf:Description rdf:about="" xmlns:xmp="http://ns.adobe.com/xap/1.0/" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:llmagentos="${NAMESPACE}" xmp:CreatorTool="LLMAgentOS"${made}>${said}</rdf:Description></rdf:RDF></x:xmpmeta><?xpacket end="w"?>`;
}

const escapeXml = (text: string): string =>
  text.replace(/[<>&"]|[^\P{Cc}\n\r\t]/gu, (sign) => (/\p{Cc}/u.test(sign) ? ' ' : `&#${sign.charCodeAt(0)};`));

/** The record of a packet of ours; undefined for other packets. */
export function recordOfXmp(packetText: string): string | undefined {
  const packed = / llmagentos:made="([A-Za-z0-9+/=]+)"/.exec(packetText)?.[1];
  const plain = packed && unpack(Buffer.from(packed, 'base64'), { raw: true });
  return plain ? new TextDecoder().decode(plain) : undefined;
}
