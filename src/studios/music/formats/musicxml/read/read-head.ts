/** Title, people, language and the program that wrote a file. */
import { MODES_FIELD } from '../chinese-modes.ts';
import type { XmlElement } from '../xml/index.ts';
import { child, childrenOf, textIn } from './elements.ts';

export interface Head {
  readonly title: string;
  readonly subtitle?: string;
  readonly composer?: string;
  readonly lyricist?: string;
  readonly copyright?: string;
  readonly language?: string;
}

export interface ReadHead {
  readonly head: Head;
  readonly software: string;
  /** See `chinese-modes.ts`. */
  readonly modes: string | undefined;
}

/** What stands before the parts. */
export function readHead(root: XmlElement): ReadHead {
  const identification = child(root, 'identification');
  const creator = (type: string): string | undefined =>
    identification && childrenOf(identification, 'creator').find(({ attributes }) => attributes.type === type)?.text;
  const work = textIn(child(root, 'work'), 'work-title');
  const movement = textIn(root, 'movement-title');
  const credit = childrenOf(root, 'credit').find((one) => textIn(one, 'credit-type') === 'title');
  const title = work ?? movement ?? textIn(credit, 'credit-words') ?? '';
  const language = child(child(root, 'defaults'), 'lyric-language')?.attributes['xml:lang'];
  const fields = childrenOf(child(identification, 'miscellaneous') ?? root, 'miscellaneous-field');
  return {
    head: {
      title: title.slice(0, 500),
      ...given('subtitle', work === undefined ? undefined : movement, 500),
      ...given('composer', creator('composer'), 500),
      ...given('lyricist', creator('lyricist') ?? creator('poet'), 500),
      ...given('copyright', textIn(identification, 'rights'), 1000),
      ...given('language', language, 20),
    },
    software: textIn(child(identification, 'encoding'), 'software') ?? '',
    modes: fields.find(({ attributes }) => attributes.name === MODES_FIELD)?.text,
  };
}

function given<K extends string>(name: K, text: string | undefined, most: number): { readonly [P in K]?: string } {
  return text ? ({ [name]: text.slice(0, most) } as { readonly [P in K]?: string }) : {};
}
