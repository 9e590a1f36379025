/** Requests as AUTOMATIC1111's web UI takes them. What is not named here is taken, echoed in `parameters`, and left unused. */
import { z } from 'zod';

const optional = <Schema extends z.ZodType>(schema: Schema) =>
  schema.nullish().transform((value) => value ?? undefined);
/** Numbers that some clients send as text. */
const whole = z.coerce.number().int();

const shared = {
  prompt: z
    .string()
    .max(20_000)
    .nullish()
    .transform((value) => value ?? ''),
  negative_prompt: z
    .string()
    .max(20_000)
    .nullish()
    .transform((value) => value ?? ''),
  /** −1: drawn. */
  seed: optional(whole),
  width: optional(whole.min(64).max(4096)),
  height: optional(whole.min(64).max(4096)),
  batch_size: optional(whole.min(1).max(8)),
  n_iter: optional(whole.min(1).max(16)),
  steps: optional(whole.min(1)),
  cfg_scale: optional(z.coerce.number()),
  sampler_name: optional(z.string()),
  sampler_index: optional(z.string()),
  override_settings: optional(z.record(z.string(), z.unknown())),
  send_images: optional(z.boolean()),
};

export const textToImageSchema = z.looseObject(shared);

export const imageToImageSchema = z.looseObject({
  ...shared,
  init_images: z.array(z.string()).min(1).max(4),
  mask: optional(z.string()),
  denoising_strength: optional(z.coerce.number().min(0).max(1)),
  /** 0: fill from around · 1: from what is there · 2, 3: from noise. */
  inpainting_fill: optional(whole.min(0).max(3)),
  /** 1: black is made anew, white stays. */
  inpainting_mask_invert: optional(whole),
});

export type TextToImage = z.output<typeof textToImageSchema>;
export type ImageToImage = z.output<typeof imageToImageSchema>;

export const pngInfoSchema = z.looseObject({ image: z.string() });

export const optionsSchema = z.looseObject({ sd_model_checkpoint: optional(z.string()) });

export const extraSchema = z.looseObject({
  image: z.string(),
  upscaling_resize: optional(z.coerce.number()),
});
