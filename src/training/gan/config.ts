/** Shapes of the networks that make pictures, as they stand in `config.json`, and how they are trained. */
import { z } from 'zod';
import { refusal } from '../refusal.ts';

const WIDTHS = z.array(z.int().min(1).max(2048)).min(1).max(8);
const COLOURS = z.union([z.literal(1), z.literal(3)]);

const GAN = z
  .object({
    kind: z.literal('gan'),
    /** Colours of a picture. */
    channels: COLOURS.default(3),
    /** Length of the noise vector. */
    latent: z.int().min(1).max(4096).default(64),
    /** Feature maps of the generator at 4×4, 8×8, …; the last is the size of the picture. */
    generator: WIDTHS.default([192, 96, 48, 24]),
    /** Feature maps of the discriminator at half the picture's size, a quarter, …, down to 4×4. */
    discriminator: WIDTHS.default([48, 96, 192]),
    /** Groups of the generator's group norm; they divide its widths. */
    groups: z.int().min(1).default(8),
    /** Divide the discriminator's weights by their largest singular value (Miyato et al., 2018). */
    spectralNorm: z.boolean().default(false),
    /** Pictures over which the discriminator measures how much they differ (Karras et al., 2018). */
    deviationGroup: z.int().min(1).default(4),
  })
  .refine(({ generator, discriminator }) => generator.length === discriminator.length + 1, {
    message: 'discriminator has one width less than generator',
  })
  .refine(({ generator, groups }) => generator.every((width) => width % groups === 0), {
    message: 'groups divide every width of the generator',
  });

const PAINTER = z
  .object({
    kind: z.literal('sketch-painter'),
    /** Colours of the sketch. */
    sketchChannels: COLOURS.default(1),
    /** Colours of the painting. */
    channels: COLOURS.default(3),
    /** Feature maps of the generator at full size, half, a quarter, … */
    generator: WIDTHS.min(2).default([16, 32, 64, 128, 192]),
    /** Feature maps of the discriminator, which looks at overlapping patches: each but the last halves the size. */
    discriminator: WIDTHS.min(2).default([32, 64, 128]),
    /** Groups of the generator's group norm; they divide its widths. */
    groups: z.int().min(1).default(8),
    spectralNorm: z.boolean().default(true),
  })
  .refine(({ generator, groups }) => generator.every((width) => width % groups === 0), {
    message: 'groups divide every width of the generator',
  });

/** A generator of pictures from noise, and its discriminator. */
export type GanConfig = z.infer<typeof GAN>;
/** A generator of paintings from sketches, and its discriminator. */
export type PainterConfig = z.infer<typeof PAINTER>;

/** Completes and checks; throws `training/bad-picture-model`. */
export function ganConfig(given: Omit<z.input<typeof GAN>, 'kind'> = {}): GanConfig {
  return checked(GAN, { kind: 'gan', ...given }, 'config');
}

/** Completes and checks; throws `training/bad-picture-model`. */
export function painterConfig(given: Omit<z.input<typeof PAINTER>, 'kind'> = {}): PainterConfig {
  return checked(PAINTER, { kind: 'sketch-painter', ...given }, 'config');
}

/** Reads the text of a `config.json` of either kind; throws `training/bad-picture-model`. */
export function parsePictureConfig(text: string, source: string): GanConfig | PainterConfig {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (cause) {
    throw badModel(source, cause instanceof Error ? cause.message : 'not JSON');
  }
  const { kind } = (typeof value === 'object' && value !== null ? value : {}) as { kind?: unknown };
  if (kind === 'gan') return checked(GAN, value, source);
  if (kind === 'sketch-painter') return checked(PAINTER, value, source);
  throw badModel(source, `its kind is ${JSON.stringify(kind)}`);
}

/** Width and height of the pictures a GAN makes. */
export function pictureSize({ generator }: GanConfig): number {
  return 4 * 2 ** (generator.length - 1);
}

function checked<T>(schema: z.ZodType<T>, value: unknown, source: string): T {
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  throw badModel(source, z.prettifyError(parsed.error).replace(/\s*\n\s*/g, ' '));
}

/** The error of a model folder that does not hold a picture model of the kind asked for. */
export function badModel(source: string, reason: string): Error {
  return refusal(
    'input',
    'training/bad-picture-model',
    {
      en: `'${source}' is not a picture model that can be used: ${reason}.`,
      zh: `“${source}”不是可用的图片模型：${reason}。`,
    },
    {
      en: 'Name a folder that a GAN recipe has written, or mend the sizes named here.',
      zh: '请指定由 GAN 配方写出的文件夹，或修正上述尺寸。',
    },
  );
}
