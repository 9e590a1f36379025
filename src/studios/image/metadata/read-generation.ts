/** Which program made a picture, and from what: the texts of its file in one shape. */
import type { Generation } from './generation.ts';
import { parseParameters } from './generators/a1111.ts';
import { parseComfyPrompt, parseComfyWorkflow } from './generators/comfy.ts';
import { parseDream, parseInvokeMetadata, parseInvokeOld } from './generators/invoke.ts';
import { parseJson } from './limits.ts';
import { generationOfRecord, parseRecord } from './own-record.ts';
import { OWN_KEY } from './read-texts.ts';

type Texts = Readonly<Record<string, string>>;

/** Tried in this order; ours first, since our files also carry `parameters` for others. */
const READERS: readonly ((texts: Texts) => Generation | undefined)[] = [
  (texts) => {
    const record = texts[OWN_KEY] === undefined ? undefined : parseRecord(texts[OWN_KEY]);
    return record && generationOfRecord(record);
  },
  (texts) => from(texts.invokeai_metadata, (text) => parseInvokeMetadata(parseJson(text))),
  (texts) => from(texts['sd-metadata'], (text) => parseInvokeOld(parseJson(text))),
  (texts) => from(texts.Dream, parseDream),
  (texts) => from(named(texts, 'prompt'), (text) => parseComfyPrompt(parseJson(text))),
  (texts) => from(named(texts, 'workflow'), (text) => parseComfyWorkflow(parseJson(text))),
  (texts) => from(texts.parameters, parseParameters),
  (texts) => from(texts.UserComment, parseParameters),
  (texts) => from(texts.comment, parseParameters),
];

/** How a picture was generated, by the texts of its file; undefined where no program that we know says so. */
export function readGeneration(texts: Texts): Generation | undefined {
  for (const read of READERS) {
    const found = read(texts);
    if (found) return found;
  }
  return undefined;
}

function from<Value>(text: string | undefined, read: (text: string) => Value): Value | undefined {
  return text === undefined ? undefined : read(text);
}

/** ComfyUI's texts in WebP stand in any EXIF tag, their name before them. */
function named(texts: Texts, name: string): string | undefined {
  const key = `${name}:`;
  return (
    texts[name] ??
    Object.values(texts)
      .find((text) => text.startsWith(key))
      ?.slice(key.length)
  );
}
