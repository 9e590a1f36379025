/** Rectangles as options: `40,60,200,120` is left, top, width, height in pixels. */
import { OsError } from '../../core/index.ts';

export type BoxOption = readonly [number, number, number, number];

/** A parser of one rectangle. The parser throws `cli/bad-box`. */
export function boxOption(option: string): (text: string) => BoxOption {
  return (text) => {
    const numbers = text.split(/[,，\s]+/).map(Number);
    const [left, top, width, height] = numbers;
    const whole = numbers.length === 4 && numbers.every((number) => Number.isSafeInteger(number));
    if (whole && width! > 0 && height! > 0) return [left!, top!, width!, height!];
    throw new OsError({
      kind: 'input',
      code: 'cli/bad-box',
      message: `${option} takes left, top, width and height in pixels, not “${text}”.`,
      hint: `For example ${option} 40,60,200,120.`,
      zh: {
        message: `${option} 要左、上、宽、高（像素），不能是“${text}”。`,
        hint: `例如 ${option} 40,60,200,120。`,
      },
    });
  };
}

/** The same, one rectangle after another. */
export function boxesOption(option: string): (text: string, before?: readonly BoxOption[]) => BoxOption[] {
  const parse = boxOption(option);
  return (text, before = []) => [...before, parse(text)];
}

/** A parser of how far a picture shall go on: `200` pixels, or `10%` of it. The parser throws `cli/bad-margin`. */
export function marginOption(option: string): (text: string) => number | string {
  return (text) => {
    const said = text.trim().replace('％', '%');
    if (/^\d{1,4}$/.test(said)) return Number(said);
    if (/^\d{1,3}(\.\d+)?%$/.test(said)) return said;
    throw new OsError({
      kind: 'input',
      code: 'cli/bad-margin',
      message: `${option} takes pixels or a share of the picture, not “${text}”.`,
      hint: `For example ${option} 200 or ${option} 10%.`,
      zh: { message: `${option} 要像素数或百分比，不能是“${text}”。`, hint: `例如 ${option} 200 或 ${option} 10%。` },
    });
  };
}
