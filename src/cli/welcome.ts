import type { Door } from './door.ts';

/** What a person sees who types nothing: three briefs to try, and where the rest is told. */
export function welcomeLines({ say, ink, world }: Door): string[] {
  const command = ink.accent(world.env.npm_lifecycle_event === 'start' ? 'npm start --' : 'llmagentos');
  return [
    '',
    `  ${ink.title(say('program.summary'))}`,
    '',
    `  ${say('welcome.lead')}`,
    '',
    `    ${command} "写一首关于星空的诗"`,
    `    ${command} "a lonely traveller hears rain at midnight"`,
    `    ${command} "春日江南" --form 浣溪沙 --count 3`,
    '',
    `  ${ink.quiet(say('welcome.more'))}`,
    '',
  ];
}
