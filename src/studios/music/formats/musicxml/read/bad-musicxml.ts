/** Faults of a file, with the line. */
import type { Bilingual } from '../../../../../kernel/index.ts';
import { refusal } from '../../../refusal.ts';
import type { FormatWarning } from '../../types.ts';
import type { XmlElement } from '../xml/index.ts';

/** `music/bad-musicxml`: well-formed XML that is no score. */
export function badMusicXml({ line }: Pick<XmlElement, 'line'>, what: Bilingual): Error {
  return refusal(
    'input',
    'music/bad-musicxml',
    { en: `MusicXML, line ${line}: ${what.en}.`, zh: `MusicXML 第 ${line} 行：${what.zh}。` },
    { en: 'Mend that place, or export the file again.', zh: '请改正该处，或重新导出文件。' },
    { line },
  );
}

/** Collects warnings, each sentence once, at most a hundred. */
export interface Remarks {
  readonly list: FormatWarning[];
  add(element: Pick<XmlElement, 'line'>, message: Bilingual): void;
}

const MOST_REMARKS = 100;

export function collectRemarks(): Remarks {
  const list: FormatWarning[] = [];
  const said = new Set<string>();
  return {
    list,
    add({ line }, message) {
      if (said.has(message.en) || list.length >= MOST_REMARKS) return;
      said.add(message.en);
      list.push({ place: `line ${line}`, message });
    },
  };
}
