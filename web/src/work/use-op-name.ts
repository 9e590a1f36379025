import { useSpeech } from '../i18n/words.tsx';
import { OP_NAMES } from './op-names.ts';

/** Says an op's short name in the language now. */
export function useOpName(): (op: string) => string {
  const { language } = useSpeech();
  return (op) => OP_NAMES[op]?.[language] ?? op;
}
