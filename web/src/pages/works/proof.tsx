import type { VerseProof } from '@llmagentos/sdk/client';
import type { ReactNode } from 'react';
import { Note } from '../../design/note.tsx';
import { Section, Table } from '../../design/page.tsx';
import { useBoth, useWords } from '../../i18n/words.tsx';
import { WORDS } from './words.ts';

/** The proof of a poem's form, character by character, and each broken rule. */
export function Proof({ proof }: { readonly proof: VerseProof }): ReactNode {
  const say = useWords(WORDS);
  const both = useBoth();
  if (proof.form === 'free' && proof.valid)
    return (
      <Section title={say('proof')}>
        <p>{say('freeVerse')}</p>
      </Section>
    );
  const rows = proof.syllables.map(({ character, required, found, pinyin, rhyme }) => [
    character,
    required,
    found,
    pinyin,
    rhyme ?? '',
  ]);
  return (
    <Section title={say('proof')}>
      <Note good={proof.valid}>
        {say(proof.valid ? 'valid' : 'refuted', { form: `${proof.form} · ${proof.rhymeBook}` })}
      </Note>
      {proof.violations.map((violation) => (
        <p key={`${violation.rule} ${violation.line} ${violation.place ?? ''}`}>{both(violation.message)}</p>
      ))}
      <details>
        <summary>{say('character')}</summary>
        <Table
          label={say('proof')}
          heads={[say('character'), say('asked'), say('found'), say('reading'), say('rhyme')]}
          rows={rows}
        />
      </details>
    </Section>
  );
}
