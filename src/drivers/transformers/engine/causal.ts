/**
 * A model that writes token by token, with its memory (keys and values of all tokens so far) in our hands: rows can be copied
 * and dropped, columns erased, and every next token is chosen by the caller.
 */
import { HandlerFault } from '../../../isolation/index.ts';
import { type Network, Tensor, wholeTensor } from './runtime.ts';

/** Keys and values, each (rows, heads, length, width). */
type Memory = Readonly<Record<string, Tensor>>;

/** Rows of text that grow together. */
export interface Sheet {
  readonly memory: Memory;
  readonly width: number;
  readonly length: number;
}

/** What stands after a step: the sheet, and what each row would write next, (rows, V). */
export interface Step {
  readonly sheet: Sheet;
  readonly logits: Float32Array;
}

/** Reads tokens, equally many a row, after what a sheet holds. `tokens`: (rows, T) as one list. */
export async function read(
  model: Network,
  before: Sheet | undefined,
  tokens: readonly number[],
  width: number,
): Promise<Step> {
  const added = tokens.length / width;
  const length = (before?.length ?? 0) + added;
  const { logits, ...rest } = await model({
    input_ids: wholeTensor(tokens, [width, added]),
    attention_mask: wholeTensor(new Array(width * length).fill(1), [width, length]),
    num_logits_to_keep: wholeTensor([1], []),
    ...(before && { past_key_values: before.memory }),
  });
  const memory = Object.fromEntries(
    Object.entries(rest)
      .filter(([name]) => name.startsWith('present'))
      .map(([name, value]) => [name.replace('present', 'past_key_values'), value]),
  );
  return { sheet: { memory, width, length }, logits: lastOf(logits!, width) };
}

/** Logits after the last token of each row; the network may give those of all tokens. */
function lastOf({ data, dims }: Tensor, width: number): Float32Array {
  const [rows, columns, size] = dims as [number, number, number];
  if (rows !== width) throw new HandlerFault('broken-model', `logits of ${rows} rows for ${width}`);
  const values = Float32Array.from(data as Float32Array);
  if (columns === 1) return values;
  const last = new Float32Array(width * size);
  for (let row = 0; row < width; row++) {
    const end = (row + 1) * columns * size;
    last.set(values.subarray(end - size, end), row * size);
  }
  return last;
}

/** Row i of the new sheet is old row `parents[i]`, cut to `length`. Sheets are never changed in place. */
export function take(sheet: Sheet, parents: readonly number[], length: number): Sheet {
  const same = length === sheet.length && parents.length === sheet.width && parents.every((parent, i) => parent === i);
  if (same) return sheet;
  const memory = Object.fromEntries(
    Object.entries(sheet.memory).map(([name, tensor]) => [
      name,
      takeTensor(name, tensor, parents, sheet.length, length),
    ]),
  );
  return { memory, width: parents.length, length };
}

function takeTensor(name: string, tensor: Tensor, parents: readonly number[], before: number, length: number): Tensor {
  const [, heads, long, width] = tensor.dims as [number, number, number, number];
  if (tensor.dims.length !== 4 || long !== before || !name.startsWith('past_key_values.')) {
    throw new HandlerFault('cannot', 'its memory cannot be turned back', '它的记忆无法倒回');
  }
  const data = tensor.data as Float32Array;
  const taken = new (data.constructor as Float32ArrayConstructor)(parents.length * heads * length * width);
  parents.forEach((parent, row) => {
    for (let head = 0; head < heads; head++) {
      const from = (parent * heads + head) * long * width;
      taken.set(data.subarray(from, from + length * width), (row * heads + head) * length * width);
    }
  });
  return new Tensor(tensor.type, taken, [parents.length, heads, length, width]);
}

/** ln P of every token given those before it; the first is 0. */
export async function score(model: Network, row: readonly number[]): Promise<Float32Array> {
  const result = new Float32Array(row.length);
  if (row.length < 2) return result;
  const { logits } = await model({
    input_ids: wholeTensor(row, [1, row.length]),
    attention_mask: wholeTensor(new Array(row.length).fill(1), [1, row.length]),
  });
  const size = logits!.dims.at(-1)!;
  const values = logits!.data as Float32Array;
  for (let i = 1; i < row.length; i++) {
    const line = values.subarray((i - 1) * size, i * size);
    result[i] = Number(line[row[i]!]) - logSum(line);
  }
  return result;
}

/** ln of the sum of e to each value. */
export function logSum(values: Float32Array): number {
  let most = Number.NEGATIVE_INFINITY;
  for (const value of values) if (value > most) most = value;
  let sum = 0;
  for (const value of values) sum += Math.exp(value - most);
  return most + Math.log(sum);
}
