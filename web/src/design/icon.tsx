/** The studio's own signs: strokes on a 24 × 24 field, the colour of the text around them. Decoration only: say the words beside. */
import type { ReactNode } from 'react';

const STROKES = {
  create: 'M12 3v4M12 17v4M3 12h4M17 12h4M6 6l2.5 2.5M15.5 15.5 18 18M18 6l-2.5 2.5M8.5 15.5 6 18',
  write: 'M4 20c6-1 12-7 15.5-15.5C12 7 6 12 4 20Zm0 0 6-6.5M13 20h7',
  paint: 'M14 4 20 10 10.5 15.5 8.5 13.5ZM8.5 13.5C5 13.5 4 16 4 20c4 0 6.5-1 6.5-4.5',
  compose:
    'M9 18V5l10-2v13M9 18a2.5 2.5 0 1 1-2.5-2.5A2.5 2.5 0 0 1 9 18ZM19 16a2.5 2.5 0 1 1-2.5-2.5A2.5 2.5 0 0 1 19 16Z',
  works: 'M4 4h7v9H4zM13.5 4H20v5h-6.5zM13.5 11.5H20V20h-6.5zM4 15.5h7V20H4z',
  agents:
    'M8.5 8.500a3.500 3.500 0 1 0 7 0a3.500 3.500 0 0 0-7 0ZM4.500 20c.600-4 3.500-6.500 7.500-6.500s6.900 2.500 7.500 6.500M18.500 3v4M16.500 5h4',
  lineage:
    'M6 5.5a1.8 1.8 0 1 0 0-.1M18 5.5a1.8 1.8 0 1 0 0-.1M12 19a1.8 1.8 0 1 0 0-.1M6 7.3c0 5 6 4 6 9.8M18 7.3c0 5-6 4-6 9.8',
  train: 'M4 20h16M6.5 20V9.5M12 20V4M17.5 20v-7M4.5 6.5 6.5 4.5 8.5 6.5',
  models: 'M12 3.5 20 8l-8 4.5L4 8ZM4 12l8 4.5 8-4.5M4 16l8 4.5 8-4.5',
  system: 'M4 7h9M17 7h3M4 17h3M11 17h9M15 7a2 2 0 1 0 0-.1M9 17a2 2 0 1 0 0-.1',
  star: 'm12 4 2.4 5.2 5.6.7-4.1 3.9 1.1 5.7L12 16.7 7 19.5l1.1-5.7L4 9.9l5.6-.7Z',
  trash: 'M5 7h14M10 7V4.5h4V7M7 7l.8 13h8.4L17 7M10.2 10.5v6M13.8 10.5v6',
  undo: 'M8.5 5 4.5 9l4 4M5 9h9a5 5 0 0 1 0 10H9',
  redo: 'm15.5 5 4 4-4 4M19 9h-9a5 5 0 0 0 0 10h5',
  play: 'M7.5 5v14l11-7Z',
  pause: 'M8 5v14M16 5v14',
  stop: 'M6.5 6.5h11v11h-11z',
  close: 'M6 6l12 12M18 6 6 18',
  check: 'm5 12.5 4.5 4.5L19 7.5',
  more: 'M6 12h.01M12 12h.01M18 12h.01',
  plus: 'M12 5v14M5 12h14',
  minus: 'M5 12h14',
  search: 'M10.5 17a6.5 6.5 0 1 0 0-13 6.5 6.5 0 0 0 0 13ZM15.5 15.5 20 20',
  lock: 'M6.5 11h11v8.5h-11zM9 11V8a3 3 0 0 1 6 0v3',
  unlock: 'M6.5 11h11v8.5h-11zM9 11V8a3 3 0 0 1 5.8-1',
  again: 'M19 12a7 7 0 1 1-2-5M17.5 3.5V7H14',
  save: 'M12 4v11M7.5 11 12 15.5 16.5 11M4.5 19.5h15',
  bring: 'M12 15V4M7.5 8.5 12 4l4.5 4.5M4.5 19.5h15',
  light:
    'M12 8a4 4 0 1 0 0 8 4 4 0 0 0 0-8ZM12 3v2M12 19v2M3 12h2M19 12h2M5.6 5.6 7 7M17 17l1.4 1.4M18.4 5.6 17 7M7 17l-1.4 1.4',
  dark: 'M19 14.5A8 8 0 0 1 9.5 5a7.5 7.5 0 1 0 9.5 9.5Z',
  next: 'm9 5 7 7-7 7',
  back: 'm15 5-7 7 7 7',
  eye: 'M3 12c3-5 6-7 9-7s6 2 9 7c-3 5-6 7-9 7s-6-2-9-7ZM12 9.5a2.5 2.5 0 1 0 0 5 2.5 2.5 0 0 0 0-5Z',
  hide: 'M4 4l16 16M9.5 5.5C14 4 18 7 21 12c-.9 1.500-1.800 2.800-2.800 3.800M6 8c-1.100 1.100-2.100 2.400-3 4 4 6.500 8.500 8 13 6',
  board: 'M5 4h14v16l-7-4.500L5 20Z',
  mic: 'M12 4a2.500 2.500 0 0 0-2.500 2.500v5a2.500 2.500 0 0 0 5 0v-5A2.500 2.500 0 0 0 12 4ZM6 11a6 6 0 0 0 12 0M12 17v3.500',
} as const;

export type IconName = keyof typeof STROKES;

/** One sign, 1.25 times as tall as the text; `filled` for what is on. */
export function Icon({ name, filled = false }: { readonly name: IconName; readonly filled?: boolean }): ReactNode {
  return (
    <svg
      aria-hidden="true"
      viewBox="0 0 24 24"
      width="1.25em"
      height="1.25em"
      fill={filled ? 'currentColor' : 'none'}
      stroke="currentColor"
      strokeWidth="1.6"
      strokeLinecap="round"
      strokeLinejoin="round"
    >
      <path d={STROKES[name]} />
    </svg>
  );
}
