/** The plan as the system keeps it, as far as this page changes it; the rest passes through untouched. */

export const SEASONS = ['spring', 'summer', 'autumn', 'winter'] as const;
export const HOURS = ['dawn', 'morning', 'noon', 'afternoon', 'dusk', 'night'] as const;

/** Parts that can be held: `form` is that of the verse, `style` and `key` those of the music. */
export type PlanPart = 'themes' | 'mood' | 'season' | 'hour' | 'palette' | 'scene' | 'form' | 'style' | 'key' | 'tempo';

export interface SceneElement {
  readonly id: string;
  readonly kind: string;
  readonly source: string;
  readonly count?: number;
  readonly depth?: 'far' | 'middle' | 'near';
  readonly side?: 'left' | 'centre' | 'right';
  readonly weight: number;
  readonly locked?: boolean;
  readonly relation?: { readonly how: string; readonly to: number };
}

export interface PlanDocument {
  readonly brief: string;
  readonly themes: readonly { readonly word: string; readonly source: string; readonly weight: number }[];
  readonly mood: { readonly valence: number; readonly arousal: number };
  readonly season?: (typeof SEASONS)[number] | undefined;
  readonly hour?: (typeof HOURS)[number] | undefined;
  readonly palette?: readonly string[] | undefined;
  readonly tempo?: number | undefined;
  readonly verse?: { readonly form?: string; readonly formProposed?: boolean } | undefined;
  readonly music?: { readonly style?: string; readonly tonic?: string; readonly mode?: string } | undefined;
  readonly scene?: { readonly elements?: readonly SceneElement[] } | undefined;
  readonly locked?: readonly PlanPart[] | undefined;
}

const FIELDS = ['themes', 'mood', 'season', 'hour', 'palette', 'tempo', 'verse', 'music', 'scene', 'locked'] as const;

/** Fields that differ and still stand. */
export function changesOf(before: PlanDocument, after: PlanDocument): Record<string, unknown> {
  return Object.fromEntries(
    FIELDS.filter((name) => after[name] !== undefined && after[name] !== before[name]).map((name) => [
      name,
      after[name],
    ]),
  );
}

/** Fields that were taken out. */
export function withoutOf(before: PlanDocument, after: PlanDocument): string[] {
  return FIELDS.filter((name) => before[name] !== undefined && after[name] === undefined);
}

/** The plan with a part changed by the artist's hand: it is held from now on. */
export function withHeld(plan: PlanDocument, part: PlanPart | undefined, to: Partial<PlanDocument>): PlanDocument {
  const { locked = [] } = plan;
  return { ...plan, ...to, ...(part && !locked.includes(part) && { locked: [...locked, part] }) };
}

/** Whether anything in it shall stay when the rest is proposed anew. */
export function holdsAnything({ locked = [], scene }: PlanDocument): boolean {
  return locked.length > 0 || (scene?.elements?.some((element) => element.locked) ?? false);
}

/** The plan with a part held, or let go. */
export function withLock(plan: PlanDocument, part: PlanPart): PlanDocument {
  const { locked = [] } = plan;
  const next = locked.includes(part) ? locked.filter((one) => one !== part) : [...locked, part];
  return { ...plan, locked: next.length > 0 ? next : undefined };
}

/** Takes an element out; what stood in relation to it stands free, and the others' relations keep meaning the same. */
export function withoutElement(elements: readonly SceneElement[], gone: number): SceneElement[] {
  return elements.flatMap((element, i) => {
    if (i === gone) return [];
    const { relation, ...rest } = element;
    if (!relation || relation.to === gone) return [relation ? rest : element];
    return [{ ...rest, relation: { ...relation, to: relation.to > gone ? relation.to - 1 : relation.to } }];
  });
}
