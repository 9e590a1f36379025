/** Between traditional and simplified characters, by the tables of OpenCC with their phrases. */

/** Loads the tables of a direction (a few MB) and returns the conversion. */
export async function loadConverter(to: 'simplified' | 'traditional'): Promise<(text: string) => string> {
  if (to === 'simplified') return (await import('opencc-js/t2cn')).Converter({ from: 't', to: 'cn' });
  return (await import('opencc-js/cn2t')).Converter({ from: 'cn', to: 't' });
}
