/** Names of the styles of letters, best known first. */
export const STYLES = ['brush', 'serif', 'sans'] as const;

/** How letters look: written with a brush, printed with feet, or printed without. */
export type Style = (typeof STYLES)[number];
