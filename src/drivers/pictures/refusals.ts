/** Why a file is not opened, in both languages. */
import { OsError } from '../../core/index.ts';

/** Facts by which a refusal is named; they travel between processes. */
export type Fault =
  | { readonly code: 'pictures/not-a-picture' }
  | { readonly code: 'pictures/too-large'; readonly width: number; readonly height: number }
  | { readonly code: 'pictures/unsafe-svg'; readonly found: string }
  | { readonly code: 'pictures/broken'; readonly reason: string }
  | { readonly code: 'pictures/gave-up' };

/** Sides and pixels that are opened at most. */
export const LIMITS = { bytes: 128 * 2 ** 20, side: 30_000, pixels: 150e6, milliseconds: 30_000 } as const;

const TEXTS: Readonly<
  Record<Fault['code'], (fault: never) => readonly [en: string, zh: string, hint: string, zhHint: string]>
> = {
  'pictures/not-a-picture': () => [
    'This is no picture that can be opened.',
    '这不是可以打开的图片。',
    'Bring PNG, JPEG, WebP, AVIF, GIF, TIFF or SVG.',
    '请带入 PNG、JPEG、WebP、AVIF、GIF、TIFF 或 SVG。',
  ],
  'pictures/too-large': ({ width, height }: { width: number; height: number }) => [
    `The picture has ${width} × ${height} pixels; at most ${LIMITS.side} a side and ${LIMITS.pixels / 1e6} million in all are opened.`,
    `图片为 ${width} × ${height} 像素；单边最多 ${LIMITS.side}，总数最多 ${LIMITS.pixels / 1e6} 百万。`,
    'Make it smaller first.',
    '请先缩小。',
  ],
  'pictures/unsafe-svg': ({ found }: { found: string }) => [
    `The SVG holds ${found}, which is not opened.`,
    `该 SVG 含有 ${found}，不予打开。`,
    'Save it as a plain SVG without scripts and links, or as PNG.',
    '请另存为不含脚本与外链的 SVG，或存为 PNG。',
  ],
  'pictures/broken': ({ reason }: { reason: string }) => [
    `The picture is broken: ${reason}.`,
    `图片已损坏：${reason}。`,
    'Save it again from where it came.',
    '请从原处重新保存。',
  ],
  'pictures/gave-up': () => [
    'Opening the picture took too long or too much memory and was stopped.',
    '打开图片耗时过长或占用内存过多，已停止。',
    'Make it smaller, or save it in another format.',
    '请缩小，或换一种格式保存。',
  ],
};

/** The error that an artist reads. */
export function refusalOf(fault: Fault): OsError {
  const [message, zh, hint, zhHint] = TEXTS[fault.code](fault as never);
  return new OsError({
    kind: 'input',
    code: fault.code,
    message,
    hint,
    zh: { message: zh, hint: zhHint },
  });
}
