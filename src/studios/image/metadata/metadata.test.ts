import assert from 'node:assert/strict';
import { test } from 'node:test';
import { deflateSync } from 'node:zlib';
import fc from 'fast-check';
import sharp from 'sharp';
import { encodeWithRecord, type Generation, type OwnRecord, readGeneration, readTexts } from './index.ts';
import { pngChunk } from './png-texts.ts';

const pixels = sharp({ create: { width: 6, height: 4, channels: 3, background: '#c03020' } });
const PNG = new Uint8Array(await pixels.clone().png().toBuffer());
const latin = (text: string): Uint8Array => new Uint8Array(Buffer.from(text, 'latin1'));
const utf8 = (text: string): Uint8Array => new TextEncoder().encode(text);
const joined = (...parts: readonly Uint8Array[]): Uint8Array => new Uint8Array(Buffer.concat(parts));

/** A PNG with chunks before its end. */
const pngWith = (...chunks: readonly Uint8Array[]): Uint8Array =>
  joined(PNG.subarray(0, -12), ...chunks, PNG.subarray(-12));
const tEXt = (key: string, text: string): Uint8Array => pngChunk('tEXt', latin(`${key}\0${text}`));
const zTXt = (key: string, packed: Uint8Array): Uint8Array => pngChunk('zTXt', joined(latin(`${key}\0\0`), packed));
const iTXt = (key: string, text: string, packed = false): Uint8Array =>
  pngChunk(
    'iTXt',
    joined(latin(`${key}\0${packed ? '\x01' : '\0'}\0zh\0\0`), packed ? deflateSync(utf8(text)) : utf8(text)),
  );

/** A TIFF of one directory with texts, and UserComment in a second where given. */
function exif(tags: readonly (readonly [number, Uint8Array])[], comment?: Uint8Array, little = true): Uint8Array {
  const all = comment ? [...tags, [0x8769, undefined] as const] : tags;
  const bytes = Buffer.alloc(4096 + tags.reduce((sum, [, data]) => sum + data.length, comment?.length ?? 0));
  const u16 = (value: number, at: number) => (little ? bytes.writeUInt16LE(value, at) : bytes.writeUInt16BE(value, at));
  const u32 = (value: number, at: number) => (little ? bytes.writeUInt32LE(value, at) : bytes.writeUInt32BE(value, at));
  let free = 1024;
  const entry = (at: number, id: number, type: number, data: Uint8Array): void => {
    u16(id, at);
    u16(type, at + 2);
    u32(data.length, at + 4);
    u32(free, at + 8);
    bytes.set(data, free);
    free += data.length + (data.length & 1);
  };
  bytes.write(little ? 'II' : 'MM', 0);
  u16(42, 2);
  u32(8, 4);
  u16(all.length, 8);
  for (const [i, [id, data]] of all.entries()) {
    const at = 10 + 12 * i;
    if (data) entry(at, id, 2, data);
    else
      for (const [value, place, wide] of [
        [id, 0, 2],
        [4, 2, 2],
        [1, 4, 4],
        [512, 8, 4],
      ] as const)
        (wide === 2 ? u16 : u32)(value, at + place);
  }
  if (comment) {
    u16(1, 512);
    entry(514, 0x9286, 7, comment);
  }
  return new Uint8Array(bytes.subarray(0, free));
}

const jpegWith = async (exifBytes: Uint8Array): Promise<Uint8Array> => {
  const jpeg = new Uint8Array(await pixels.clone().jpeg().toBuffer());
  const data = joined(latin('Exif\0\0'), exifBytes);
  const head = new Uint8Array([0xff, 0xe1, (data.length + 2) >> 8, (data.length + 2) & 255]);
  return joined(jpeg.subarray(0, 2), head, data, jpeg.subarray(2));
};
const webpWith = async (exifBytes: Uint8Array): Promise<Uint8Array> => {
  const webp = Buffer.from(await pixels.clone().webp().toBuffer());
  const chunk = Buffer.alloc(8);
  chunk.write('EXIF');
  chunk.writeUInt32LE(exifBytes.length, 4);
  return joined(webp, chunk, exifBytes);
};

const SAID = 'a red boat, (mist:1.2)\nsecond line\nNegative prompt: birds,\nmoon\n';
const SETTINGS =
  'Steps: 20, Sampler: DPM++ 2M Karras, CFG scale: 7.5, Seed: 965400086, Size: 512x768, Model hash: 45dee52b, Model: dream, Lora hashes: "a: 1, b: 2", Version: v1.9';
const EXPECTED: Generation = {
  prompt: 'a red boat, (mist:1.2)\nsecond line',
  negative: 'birds,\nmoon',
  seed: 965400086,
  steps: 20,
  cfg: 7.5,
  sampler: 'DPM++ 2M Karras',
  model: 'dream',
  size: [512, 768],
  source: 'a1111',
};
const generated = (bytes: Uint8Array): Generation | undefined => readGeneration(readTexts(bytes));
const unicode = (text: string, order: 'le' | 'be'): Uint8Array => {
  const body = Buffer.from(text, 'utf16le');
  return joined(latin('UNICODE\0'), order === 'be' ? body.swap16() : body);
};

test('[IM54] the parameters of AUTOMATIC1111 are read from PNG, JPEG and WebP', async () => {
  assert.deepEqual(generated(pngWith(tEXt('parameters', SAID + SETTINGS))), EXPECTED);
  assert.deepEqual(generated(pngWith(zTXt('parameters', deflateSync(latin(SAID + SETTINGS))))), EXPECTED);
  for (const packed of [false, true]) {
    const chinese = generated(pngWith(iTXt('parameters', `江上红船\n${SETTINGS}`, packed)));
    assert.deepEqual([chinese!.prompt, chinese!.negative], ['江上红船', '']);
  }
  for (const order of ['le', 'be'] as const) {
    for (const little of [true, false]) {
      const comment = exif([], unicode(SAID + SETTINGS, order), little);
      assert.deepEqual(generated(await jpegWith(comment)), EXPECTED, `jpeg ${order} ${little}`);
      assert.deepEqual(generated(await webpWith(comment)), EXPECTED, `webp ${order} ${little}`);
    }
  }
  const ascii = exif([], latin(`ASCII\0\0\0${SAID}${SETTINGS}`));
  assert.deepEqual(generated(await jpegWith(ascii)), EXPECTED);
  assert.equal(generated(pngWith(tEXt('parameters', 'just words, and: no settings'))), undefined);
});

const GRAPH = {
  '3': {
    class_type: 'KSampler',
    inputs: {
      seed: '@',
      steps: 25,
      cfg: 6,
      sampler_name: 'euler',
      scheduler: 'normal',
      denoise: 1,
      model: ['10', 0],
      positive: ['20', 0],
      negative: ['7', 0],
      latent_image: ['5', 0],
    },
  },
  '4': { class_type: 'CheckpointLoaderSimple', inputs: { ckpt_name: 'sd.safetensors' } },
  '5': { class_type: 'EmptyLatentImage', inputs: { width: 640, height: 480, batch_size: 1 } },
  '6': { class_type: 'CLIPTextEncode', inputs: { text: ['11', 0], clip: ['4', 1] } },
  '7': { class_type: 'CLIPTextEncode', inputs: { text: 'birds', clip: ['4', 1] } },
  '10': { class_type: 'LoraLoader', inputs: { lora_name: 'x', model: ['4', 0], clip: ['4', 1] } },
  '11': { class_type: 'Text Multiline', inputs: { text: '江上红船' } },
  '20': { class_type: 'ConditioningCombine', inputs: { conditioning_1: ['6', 0], conditioning_2: ['6', 0] } },
};
const COMFY = JSON.stringify(GRAPH).replace('"@"', '12345678901234567890');
const FROM_COMFY: Generation = {
  prompt: '江上红船',
  negative: 'birds',
  seed: '12345678901234567890',
  steps: 25,
  cfg: 6,
  sampler: 'euler',
  model: 'sd.safetensors',
  size: [640, 480],
  source: 'comfyui',
};

test('[IM54] the graphs of ComfyUI are followed from the sampler, in PNG and WebP, and the drawn graph where there is no other', async () => {
  assert.deepEqual(generated(pngWith(iTXt('prompt', COMFY), tEXt('workflow', '{}'))), FROM_COMFY);
  const webp = await webpWith(
    exif([
      [0x0110, utf8(`prompt:${COMFY}\0`)],
      [0x010f, utf8('workflow:{}\0')],
    ]),
  );
  assert.deepEqual(generated(webp), FROM_COMFY);
  const ring = {
    a: { class_type: 'KSampler', inputs: { seed: 1, steps: 2, positive: ['b', 0] } },
    b: { class_type: 'X', inputs: { c: ['b', 0], d: ['a', 0] } },
  };
  assert.equal(generated(pngWith(tEXt('prompt', JSON.stringify(ring))))!.seed, 1);
  const drawn = {
    nodes: [
      {
        id: 3,
        type: 'KSampler',
        inputs: [
          { name: 'positive', link: 4 },
          { name: 'negative', link: 6 },
          { name: 'model', link: 1 },
          { name: 'latent_image', link: 2 },
        ],
        widgets_values: [77, 'randomize', 30, 8, 'dpmpp_2m', 'karras', 1],
      },
      { id: 4, type: 'CheckpointLoaderSimple', widgets_values: ['sd.safetensors'] },
      { id: 5, type: 'EmptyLatentImage', widgets_values: [640, 480, 1] },
      { id: 6, type: 'CLIPTextEncode', widgets_values: ['a boat'] },
      { id: 7, type: 'CLIPTextEncode', widgets_values: ['birds'] },
    ],
    links: [
      [1, 4, 0, 3, 0, 'MODEL'],
      [2, 5, 0, 3, 3, 'LATENT'],
      [4, 6, 0, 3, 1, 'CONDITIONING'],
      [6, 7, 0, 3, 2, 'CONDITIONING'],
    ],
  };
  const { prompt, negative, seed, steps, model, size } = generated(pngWith(tEXt('workflow', JSON.stringify(drawn))))!;
  assert.deepEqual(
    [prompt, negative, seed, steps, model, size],
    ['a boat', 'birds', 77, 30, 'sd.safetensors', [640, 480]],
  );
});

test('[IM54] the metadata of InvokeAI is read, new and old', () => {
  const now = {
    positive_prompt: 'a boat',
    negative_prompt: 'birds',
    seed: 5,
    steps: 30,
    cfg_scale: 7.5,
    scheduler: 'euler',
    model: { name: 'sdxl', base: 'sdxl' },
    width: 1024,
    height: 768,
  };
  const common = { prompt: 'a boat', negative: 'birds', seed: 5, steps: 30, cfg: 7.5, source: 'invokeai' } as const;
  assert.deepEqual(generated(pngWith(tEXt('invokeai_metadata', JSON.stringify(now)))), {
    ...common,
    sampler: 'euler',
    model: 'sdxl',
    size: [1024, 768],
  });
  const old = {
    model: 'stable diffusion',
    model_weights: 'sd-1.5',
    image: {
      prompt: [{ prompt: 'a boat [birds]', weight: 1 }],
      steps: 30,
      cfg_scale: 7.5,
      seed: 5,
      sampler: 'k_lms',
      width: 512,
      height: 512,
    },
  };
  assert.deepEqual(generated(pngWith(tEXt('sd-metadata', JSON.stringify(old)))), {
    ...common,
    sampler: 'k_lms',
    model: 'sd-1.5',
    size: [512, 512],
  });
  const dream = generated(pngWith(tEXt('Dream', '"a boat [birds]" -s 30 -S 5 -W 512 -H 512 -C 7.5 -A k_lms')));
  assert.deepEqual(dream, { ...common, sampler: 'k_lms', size: [512, 512] });
});

const RECORD: OwnRecord = {
  format: 1,
  work: '0123456789abcdef',
  title: '夜泊',
  made: {
    op: 'image/paint',
    version: 2,
    seed: 7,
    place: 0,
    options: { painter: 'ink', prompt: '月夜（江：1.2），一叶小舟', negative: 'birds', settings: {} },
  },
};

test('[IM53] every format carries our record, and the parameters that other programs read; pixels stay', async () => {
  for (const format of ['png', 'jpeg', 'webp', 'avif'] as const) {
    const isPng = format === 'png';
    const bytes = await encodeWithRecord(pixels.clone().toFormat(format), { record: RECORD, size: [6, 4], isPng });
    const texts = readTexts(bytes);
    assert.deepEqual(JSON.parse(texts.llmagentos!), RECORD, format);
    const said = isPng ? texts.parameters! : texts.UserComment!;
    assert.match(
      said,
      /^月夜（江：1\.2），一叶小舟\nNegative prompt: birds\nSampler: ink, Seed: 7, Size: 6x4, /,
      format,
    );
    assert.deepEqual([readGeneration(texts)!.source, readGeneration(texts)!.seed], ['llmagentos', 7]);
    const { width, height } = await sharp(bytes).metadata();
    assert.deepEqual([width, height], [6, 4], format);
    assert.deepEqual(
      readTexts(await encodeWithRecord(pixels.clone().toFormat(format), { record: RECORD, size: [6, 4], isPng })),
      texts,
    );
  }
  const long = { ...RECORD, made: { ...RECORD.made, options: { prompt: '雨'.repeat(20_000) } } };
  const jpeg = await encodeWithRecord(pixels.clone().jpeg(), { record: long, size: [6, 4], isPng: false });
  assert.deepEqual(JSON.parse(readTexts(jpeg).llmagentos!), long);
});

test('[IM55] texts that would unpack or nest without end are left out, the rest is read', () => {
  const bomb = deflateSync(new Uint8Array(64 * 2 ** 20), { level: 9 });
  const before = process.memoryUsage().arrayBuffers;
  const texts = readTexts(pngWith(zTXt('parameters', bomb), iTXt('note', 'still here')));
  assert.deepEqual(texts, { note: 'still here' });
  assert.ok(process.memoryUsage().arrayBuffers - before < 48 * 2 ** 20, 'unpacking stops at its limit');
  assert.equal(generated(pngWith(tEXt('prompt', '{"a":'.repeat(100_000)))), undefined);
  assert.equal(generated(pngWith(tEXt('prompt', `${'['.repeat(5000)}${']'.repeat(5000)}`))), undefined);
  assert.equal(generated(pngWith(tEXt('llmagentos', '{"format":1,"made":{"op":7}}'))), undefined);
  assert.equal(
    generated(
      pngWith(tEXt('prompt', '{"__proto__":{"class_type":"KSampler","inputs":{"seed":1,"steps":1,"positive":1}}}')),
    )?.seed,
    1,
  );
  const many = Array.from({ length: 500 }, (_, i) => tEXt(`k${i}`, 'x'));
  assert.ok(Object.keys(readTexts(pngWith(...many))).length <= 64);
  const short = pngWith(tEXt('parameters', SAID + SETTINGS));
  new DataView(short.buffer).setUint32(PNG.length - 12, 0xffffffff);
  assert.deepEqual(readTexts(short), {});
});

test('[IM55] no bytes whatever make reading throw', async () => {
  const files = [
    pngWith(tEXt('parameters', SAID + SETTINGS), iTXt('prompt', COMFY)),
    await jpegWith(exif([[0x0110, utf8(`prompt:${COMFY}\0`)]], unicode(SAID + SETTINGS, 'be'))),
    await webpWith(exif([], unicode(SAID, 'le'))),
    await encodeWithRecord(pixels.clone().avif(), { record: RECORD, size: [6, 4], isPng: false }),
  ];
  fc.assert(
    fc.property(
      fc.nat(files.length - 1),
      fc.array(fc.tuple(fc.nat(3000), fc.nat(255)), { maxLength: 12 }),
      fc.nat(4000),
      (which, changes, cut) => {
        const bytes = Uint8Array.from(files[which]!);
        for (const [at, value] of changes) if (at < bytes.length) bytes[at] = value;
        readGeneration(readTexts(cut > bytes.length ? bytes : bytes.subarray(0, cut)));
      },
    ),
    { seed: 3, numRuns: 400 },
  );
});
