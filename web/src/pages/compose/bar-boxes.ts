/** Where the bars stand on an engraved page, read off the page's own drawing without showing it: shares of its width and height. */

export interface BarBox {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
}

/** The bars of a page in their order; the page is parsed as data and never becomes part of this document. */
export function barBoxes(svg: string): BarBox[] {
  const page = new DOMParser().parseFromString(svg, 'image/svg+xml');
  const inner = page.querySelector('svg.definition-scale') ?? page.documentElement;
  const [, , wide = 1, high = 1] = (inner.getAttribute('viewBox') ?? '').split(/[\s,]+/).map(Number);
  const shift = /translate\(\s*(-?[\d.]+)[\s,]+(-?[\d.]+)/.exec(
    page.querySelector('.page-margin')?.getAttribute('transform') ?? '',
  );
  const [dx, dy] = [Number(shift?.[1] ?? 0), Number(shift?.[2] ?? 0)];
  return [...page.querySelectorAll('g.measure')].flatMap((measure) => {
    const lines = [...measure.querySelectorAll('g.staff > path')].flatMap((path) => {
      const found = /^M\s*(-?[\d.]+)[\s,]+(-?[\d.]+)\s*L\s*(-?[\d.]+)[\s,]+(-?[\d.]+)/.exec(
        path.getAttribute('d') ?? '',
      );
      return found ? [found.slice(1).map(Number) as [number, number, number, number]] : [];
    });
    if (lines.length === 0) return [];
    const left = Math.min(...lines.map(([x]) => x));
    const right = Math.max(...lines.map(([, , x]) => x));
    const top = Math.min(...lines.map(([, y]) => y));
    const bottom = Math.max(...lines.map(([, , , y]) => y));
    const room = 300;
    return [
      {
        left: (left + dx) / wide,
        top: (top + dy - room) / high,
        width: (right - left) / wide,
        height: (bottom - top + 2 * room) / high,
      },
    ];
  });
}
