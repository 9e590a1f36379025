/**
 * Words of the studio in both languages. Each page keeps its own beside it:
 *
 *   const WORDS = defineWords({ hello: { en: 'Hello {name}', zh: '你好，{name}' } });
 *   const say = useWords(WORDS);   say('hello', { name: '李' })
 *
 * The language is the artist's choice, else the browser's; it is kept in this browser.
 */
import { createContext, type ReactNode, use, useCallback, useEffect, useMemo, useState } from 'react';

export type Language = 'en' | 'zh';
/** The same sentence in both. */
export type Both = Readonly<Record<Language, string>>;
export type Words<K extends string> = Readonly<Record<K, Both>>;
export type Say<K extends string> = (key: K, facts?: Readonly<Record<string, string | number>>) => string;

interface Speech {
  readonly language: Language;
  speak(language: Language): void;
}

const KEPT = 'llmagentos.language';
const SpeechContext = createContext<Speech>({ language: 'zh', speak: () => undefined });

/** Declares words; no effects. */
export function defineWords<K extends string>(words: Words<K>): Words<K> {
  return words;
}

/** Gives everything inside it a language. */
export function SpeechProvider({ children }: { readonly children: ReactNode }): ReactNode {
  const [language, setLanguage] = useState<Language>(firstLanguage);
  useEffect(() => {
    document.documentElement.lang = language === 'zh' ? 'zh-Hans' : 'en';
    localStorage.setItem(KEPT, language);
  }, [language]);
  const speech = useMemo(() => ({ language, speak: setLanguage }), [language]);
  return <SpeechContext value={speech}>{children}</SpeechContext>;
}

/** The language now, and how to change it. */
export function useSpeech(): Speech {
  return use(SpeechContext);
}

/** A function that says the words of a table in the language now; `{name}` is replaced by the fact of that name. */
export function useWords<K extends string>(words: Words<K>): Say<K> {
  const { language } = useSpeech();
  return useCallback((key, facts) => fill(words[key][language], facts), [words, language]);
}

/** Picks a sentence that came from the system in both languages. */
export function useBoth(): (both: Both) => string {
  const { language } = useSpeech();
  return useCallback((both) => both[language], [language]);
}

function fill(sentence: string, facts: Readonly<Record<string, string | number>> = {}): string {
  return sentence.replace(/\{(\w+)\}/g, (whole, name: string) => String(facts[name] ?? whole));
}

function firstLanguage(): Language {
  const kept = localStorage.getItem(KEPT);
  if (kept === 'en' || kept === 'zh') return kept;
  return navigator.language.toLowerCase().startsWith('zh') ? 'zh' : 'en';
}
