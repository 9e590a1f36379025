/** ComfyUI as its own examples show it, small: takes a workflow, tells over its websocket how far it is, keeps the picture. */
import { createHash } from 'node:crypto';
import type { Socket } from 'node:net';
import { type Behaviour, send, startTrialServer, type TrialServer } from './trial-server.ts';

export interface ComfyScript {
  /** Messages after a workflow was taken; `{id}` stands for the number of the work. */
  readonly messages?: readonly (string | Uint8Array | 'drop')[];
  /** In place of the usual answers, by the beginning of the path. */
  readonly instead?: Readonly<Record<string, Behaviour>>;
  /** No websocket. */
  readonly deaf?: boolean;
  /** What the history knows; default: the picture. */
  readonly history?: object;
  readonly picture: Uint8Array;
}

const ID = 'work-1';

/** An event of its websocket. */
export const tell = (type: string, data: object = {}): string =>
  JSON.stringify({ type, data: { prompt_id: ID, ...data } });

/** The usual events of a work that comes to its end. */
export const COURSE: readonly string[] = [
  tell('status'),
  tell('execution_start'),
  tell('progress', { value: 1, max: 2 }),
  tell('progress', { value: 2, max: 2 }),
  tell('executing', { node: null }),
];

/** Starts it. */
export async function startComfy(script: ComfyScript): Promise<TrialServer> {
  const { messages = COURSE, instead = {}, picture } = script;
  const images = [{ filename: 'a b.png', subfolder: 'x', type: 'output' }];
  const history = script.history ?? {
    [ID]: { outputs: { 9: { images } }, status: { status_str: 'success', completed: true } },
  };
  let listener: Socket | undefined;
  const usual: Readonly<Record<string, Behaviour>> = {
    '/prompt': async (reply, heard) => {
      await send(200, { prompt_id: ID, number: 1, node_errors: {} })(reply, heard);
      for (const message of messages) {
        if (message === 'drop') listener?.destroy();
        else listener?.write(frame(message));
      }
    },
    '/history/': send(200, history),
    '/view': send(200, picture, { 'content-type': 'image/png' }),
    '/upload/image': send(200, { name: 'up.png', subfolder: '', type: 'input' }),
    '/queue': send(200, ''),
    '/interrupt': send(200, ''),
  };
  const server = await startTrialServer((reply, heard) => {
    const all = { ...usual, ...instead };
    const path = Object.keys(all).find((one) => heard.path.startsWith(one));
    return path === undefined ? send(404, {})(reply, heard) : all[path]!(reply, heard);
  });
  server.raw.on('upgrade', (request, socket: Socket) => {
    socket.on('error', () => undefined);
    if (script.deaf) return void socket.destroy();
    // RFC 6455, 4.2.2: the key with the protocol's own number.
    const key = `${request.headers['sec-websocket-key']}258EAFA5-E914-47DA-95CA-C5AB0DC85B11`;
    const accept = createHash('sha1').update(key).digest('base64');
    socket.write(
      `HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: ${accept}\r\n\r\n`,
    );
    listener = socket;
    socket.on('data', (bytes: Buffer) => {
      if ((bytes[0]! & 15) === 8) socket.end(Buffer.from([0x88, 0]));
    });
  });
  return { ...server, [Symbol.asyncDispose]: () => (listener?.destroy(), server[Symbol.asyncDispose]()) };
}

/** One unmasked frame (RFC 6455, 5.2). */
function frame(message: string | Uint8Array): Buffer {
  const body = Buffer.from(message as string);
  const code = 0x80 | (typeof message === 'string' ? 1 : 2);
  const head = body.length < 126 ? [code, body.length] : [code, 126, body.length >> 8, body.length & 255];
  return Buffer.concat([Buffer.from(head), body]);
}
