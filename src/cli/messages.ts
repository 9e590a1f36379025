import type { Language } from './language.ts';
import en from './messages/en.json' with { type: 'json' };
import zh from './messages/zh.json' with { type: 'json' };

/** Names of everything the command line says by itself; both tables hold the same (a test compares them). */
export type MessageKey = keyof typeof en;

/** Says a message in one language, with `{facts}` filled in. */
export type Say = (key: MessageKey, facts?: Readonly<Record<string, string | number>>) => string;

const tables: Readonly<Record<Language, Readonly<Record<MessageKey, string>>>> = { zh, en };

/** The messages of one language. A fact that is not given stays visible as `{name}`. */
export function createSay(language: Language): Say {
  return (key, facts = {}) =>
    tables[language][key].replace(/\{(\w+)\}/g, (gap, name: string) => String(facts[name] ?? gap));
}
