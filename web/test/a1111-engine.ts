/**
 * For tests: a server of the A1111 shape, as its API documents it: options, progress with a look, pictures from words or from a picture;
 * and speech as servers of the OpenAI shape have it.
 */
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { crc32, deflateSync } from 'node:zlib';

export interface TrialEngine extends AsyncDisposable {
  readonly url: string;
  /** What was asked of it, path first. */
  readonly asked: readonly (readonly [path: string, body: Readonly<Record<string, unknown>>])[];
}

/** Starts it on a free port. A picture is sent only once somebody has looked four times how far it is. */
export async function startTrialEngine(): Promise<TrialEngine> {
  const asked: [string, Readonly<Record<string, unknown>>][] = [];
  let looks = 0;
  let done: () => void = () => undefined;
  const server = createServer((request, reply) => {
    const send = (body: object): void => {
      reply.writeHead(200, { 'content-type': 'application/json' });
      reply.end(JSON.stringify(body));
    };
    void bodyOf(request).then(async (body) => {
      const path = request.url!.split('?')[0]!;
      if (path.endsWith('/options')) return send({ sd_model_checkpoint: 'trial.safetensors' });
      if (path.endsWith('/progress')) {
        looks += 1;
        send({ progress: 0.2 * Math.min(4, looks), current_image: png(64, 64, 0.4).toString('base64') });
        return looks >= 4 ? done() : undefined;
      }
      if (path.endsWith('/audio/speech')) {
        asked.push([path, body]);
        reply.writeHead(200, { 'content-type': 'audio/wav' });
        return void reply.end(tone());
      }
      if (!path.endsWith('2img')) return send({});
      asked.push([path, body]);
      looks = 0;
      await new Promise<void>((resolve) => {
        done = resolve;
      });
      const [width, height] = [Number(body.width), Number(body.height)];
      send({ images: [png(width, height, path.endsWith('img2img') ? 0.8 : 0).toString('base64')], info: '{}' });
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    asked,
    [Symbol.asyncDispose]: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

async function bodyOf(request: IncomingMessage): Promise<Readonly<Record<string, unknown>>> {
  const pieces: Buffer[] = [];
  for await (const piece of request) pieces.push(piece as Buffer);
  try {
    return JSON.parse(Buffer.concat(pieces).toString('utf8'));
  } catch {
    return {};
  }
}

/** A sky above a hill with a sun in it, as a PNG (RFC 2083); `warm` moves its colours. */
function png(width: number, height: number, warm: number): Buffer {
  const rows = Buffer.alloc((3 * width + 1) * height);
  for (let y = 0; y < height; y++)
    for (let x = 0; x < width; x++) {
      const [u, v] = [x / width, y / height];
      const hill = v > 0.72 - 0.16 * Math.sin(2.2 + 3 * u);
      const sun = Math.hypot((u - 0.7) * (width / height), v - 0.3) < 0.09;
      const colour = sun ? [250, 214, 120] : hill ? [60 + 30 * u, 86, 78] : [120 + 90 * v, 160 + 40 * v, 205 - 40 * v];
      const at = (3 * width + 1) * y + 1 + 3 * x;
      for (let c = 0; c < 3; c++) rows[at + c] = Math.min(255, colour[c]! + warm * (c === 0 ? 60 : c === 2 ? -60 : 0));
    }
  const head = Buffer.alloc(13);
  head.writeUInt32BE(width, 0);
  head.writeUInt32BE(height, 4);
  head.set([8, 2, 0, 0, 0], 8);
  const parts = [chunk('IHDR', head), chunk('IDAT', deflateSync(rows)), chunk('IEND', Buffer.alloc(0))];
  return Buffer.concat([Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'), ...parts]);
}

function chunk(kind: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(kind, 'latin1'), data]);
  const [size, sum] = [Buffer.alloc(4), Buffer.alloc(4)];
  size.writeUInt32BE(data.length);
  sum.writeUInt32BE(crc32(body));
  return Buffer.concat([size, body, sum]);
}

/** A second of a soft tone: RIFF, one channel of 16 bits at 24,000 a second. */
function tone(): Buffer {
  const rate = 24_000;
  const wav = Buffer.alloc(44 + 2 * rate);
  wav.write('RIFF', 0, 'latin1');
  wav.writeUInt32LE(36 + 2 * rate, 4);
  wav.write('WAVEfmt ', 8, 'latin1');
  wav.writeUInt32LE(16, 16);
  wav.writeUInt16LE(1, 20);
  wav.writeUInt16LE(1, 22);
  wav.writeUInt32LE(rate, 24);
  wav.writeUInt32LE(2 * rate, 28);
  wav.writeUInt16LE(2, 32);
  wav.writeUInt16LE(16, 34);
  wav.write('data', 36, 'latin1');
  wav.writeUInt32LE(2 * rate, 40);
  for (let i = 0; i < rate; i++)
    wav.writeInt16LE(Math.round(9000 * Math.sin((i * 330 * 2 * Math.PI) / rate)), 44 + 2 * i);
  return wav;
}
