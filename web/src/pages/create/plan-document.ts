/** The plan as the system keeps it, as far as this page changes it; the rest passes through untouched. */

export const SEASONS = ['spring', 'summer', 'autumn', 'winter'] as const;
export const HOURS = ['dawn', 'morning', 'noon', 'afternoon', 'dusk', 'night'] as const;

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
}

const FIELDS = ['themes', 'mood', 'season', 'hour', 'palette', 'tempo', 'verse', 'music', 'scene'] as const;

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

/** Takes an element out; what stood in relation to it stands free, and the others' relations keep meaning the same. */
export function withoutElement(elements: readonly SceneElement[], gone: number): SceneElement[] {
  return elements.flatMap((element, i) => {
    if (i === gone) return [];
    const { relation, ...rest } = element;
    if (!relation || relation.to === gone) return [relation ? rest : element];
    return [{ ...rest, relation: { ...relation, to: relation.to > gone ? relation.to - 1 : relation.to } }];
  });
}
