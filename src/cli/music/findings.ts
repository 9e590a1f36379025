/** What the critic found, in lines. */
import type { Finding } from '../../studios/music/index.ts';
import type { Door } from '../door.ts';
import { wrap } from '../terminal/width.ts';

/** One finding to two lines: the place and what is wrong, then what to try. Notes come last. */
export function findingLines(findings: readonly Finding[], door: Door): string[] {
  const { say, ink, language, columns } = door;
  if (findings.length === 0) return [ink.good(`✓ ${say('music.clean')}`)];
  const order = ['fault', 'warning', 'hint', 'note'];
  const sorted = findings.toSorted((a, b) => order.indexOf(a.severity) - order.indexOf(b.severity) || a.at - b.at);
  const counts = order
    .map((severity) => ({ severity, count: findings.filter((finding) => finding.severity === severity).length }))
    .filter(({ count }) => count > 0)
    .map(({ severity, count }) => `${say(`music.${severity as 'fault'}`)} ${count}`);
  return [
    counts.join(' · '),
    '',
    ...sorted.flatMap((finding) => {
      const place = say('music.place', { bar: finding.bar, beat: finding.beat });
      const mark =
        finding.severity === 'fault' ? ink.bad('✗') : finding.severity === 'warning' ? ink.accent('!') : ink.quiet('·');
      const message = wrap(`${place}  ${finding.message[language]}`, columns - 6);
      const mend = finding.severity === 'note' ? [] : wrap(`→ ${finding.mend[language]}`, columns - 6);
      return [
        `${mark} ${message[0]}`,
        ...message.slice(1).map((line) => `  ${line}`),
        ...mend.map((line) => ink.quiet(`  ${line}`)),
      ];
    }),
  ];
}
