/** The words that name a command; any other first word begins a brief. */
export const COMMAND_NAMES: readonly string[] = [
  'write',
  'check-verse',
  'repair',
  'works',
  'show',
  'lineage',
  'replay',
  'export',
  'models',
  'train',
  'eval',
  'forget',
  'ledger',
  'serve',
];
