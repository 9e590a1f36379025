/** What stands at the head of a request: which of it is secret, and what may come along to another host. */

/** Headers that carry no key and say nothing of the artist. */
const HARMLESS = ['accept', 'accept-language', 'content-type', 'range', 'if-none-match', 'user-agent'];

/** The headers that may follow a redirect to another host. */
export function withoutKeys(headers: Headers): Headers {
  return new Headers([...headers].filter(([name]) => HARMLESS.includes(name)));
}

/** Names of headers and of parameters that hold keys. */
const SECRET = /key|token|secret|auth|cookie|session/i;

/** Shorter ones would be found everywhere. */
const SHORTEST_SECRET = 8;

/** Values of a request that nobody may read again: keys, with the word before them taken away (`Bearer …`). */
export function secretsOf(headers: Headers, url: string): readonly string[] {
  return [...headers, ...new URL(url).searchParams]
    .filter(([name]) => SECRET.test(name))
    .flatMap(([, value]) => value.split(/\s+/))
    .filter((value) => value.length >= SHORTEST_SECRET);
}
