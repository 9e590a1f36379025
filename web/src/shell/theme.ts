/** Light, dark, or as the machine has it. Kept in this browser. */
import { useSyncExternalStore } from 'react';

export type Theme = 'light' | 'dark' | 'auto';

const KEPT = 'llmagentos.theme';
const listeners = new Set<() => void>();
const darkMachine = matchMedia('(prefers-color-scheme: dark)');

/** Puts the kept theme on the page; call once before anything is drawn. */
export function startTheme(): void {
  darkMachine.addEventListener('change', show);
  show();
}

/** The choice, and how to change it. */
export function useTheme(): readonly [Theme, (theme: Theme) => void] {
  return [useSyncExternalStore(listen, kept), choose];
}

/** What is seen now. */
export function useShownTheme(): 'light' | 'dark' {
  return useSyncExternalStore(listen, shown);
}

function choose(theme: Theme): void {
  localStorage.setItem(KEPT, theme);
  show();
}

function show(): void {
  document.documentElement.dataset.theme = shown();
  for (const listener of listeners) listener();
}

function shown(): 'light' | 'dark' {
  const theme = kept();
  if (theme !== 'auto') return theme;
  return darkMachine.matches ? 'dark' : 'light';
}

function kept(): Theme {
  const theme = localStorage.getItem(KEPT);
  return theme === 'light' || theme === 'dark' ? theme : 'auto';
}

function listen(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}
