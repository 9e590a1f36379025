/**
 * The command line as commander sees it: every command, its options and its help, in one language.
 *
 *   argv ─▶ command ─▶ action ─▶ reply ─▶ terminal or JSON
 */
import { Command, type Help, type Option } from 'commander';
import { addAgent } from './commands/agent.ts';
import { addAlternatives } from './commands/alternatives.ts';
import { addBlend } from './commands/blend.ts';
import { addCheckVerse } from './commands/check-verse.ts';
import { addCompose } from './commands/compose.ts';
import { addCutOut } from './commands/cut-out.ts';
import { addEval } from './commands/eval.ts';
import { addExport } from './commands/export.ts';
import { addForget } from './commands/forget.ts';
import { addInpaint, addOutpaint } from './commands/inpaint.ts';
import { addKeys } from './commands/keys.ts';
import { addLedger } from './commands/ledger.ts';
import { addLines } from './commands/lines.ts';
import { addLook } from './commands/look.ts';
import { addMcp } from './commands/mcp.ts';
import { addModels } from './commands/models.ts';
import { addMusic } from './commands/music.ts';
import { addPaint } from './commands/paint.ts';
import { addPalette } from './commands/palette.ts';
import { addPerform } from './commands/perform.ts';
import { addPoster } from './commands/poster.ts';
import { addReadPicture } from './commands/read-picture.ts';
import { addRelight } from './commands/relight.ts';
import { addRepaint } from './commands/repaint.ts';
import { addReplay } from './commands/replay.ts';
import { addRestyle } from './commands/restyle.ts';
import { addServe } from './commands/serve.ts';
import { addSimilar } from './commands/similar.ts';
import { addSticker } from './commands/sticker.ts';
import { addTexture } from './commands/texture.ts';
import { addTile } from './commands/tile.ts';
import { addTrain } from './commands/train.ts';
import { addUpscale } from './commands/upscale.ts';
import { addWayOut } from './commands/way-out.ts';
import { addWorks } from './commands/works.ts';
import { addWrite } from './commands/write.ts';
import type { Answer, Door } from './door.ts';
import { displayWidth, wrap } from './terminal/width.ts';

/** Builds the whole program. `answer` is called once by the command that the arguments name. */
export function createProgram(door: Door, version: string, answer: Answer): Command {
  const { say } = door;
  const program = new Command('llmagentos');
  program
    .description(say('program.summary'))
    .version(version, '-V, --version', say('program.version'))
    .option('--json', say('program.json'))
    .option('--lang <zh|en>', say('program.lang'))
    .helpOption('-h, --help', say('help.show'))
    .helpCommand(false)
    .exitOverride()
    .configureHelp(helpIn(door))
    .configureOutput({
      writeOut: (text) => door.world.stdout.write(text),
      writeErr: () => {},
      getOutHelpWidth: () => door.columns,
      getErrHelpWidth: () => door.columns,
      getOutHasColors: () => true,
      getErrHasColors: () => true,
    });
  for (const add of [
    addWrite,
    addCheckVerse,
    addAlternatives,
    addCompose,
    addMusic,
    addPaint,
    addReadPicture,
    addPoster,
    addBlend,
    addSimilar,
    addRestyle,
    addRepaint,
    addUpscale,
    addInpaint,
    addOutpaint,
    addCutOut,
    addPalette,
    addLines,
    addTile,
    addRelight,
    addSticker,
    addLook,
    addTexture,
    addPerform,
    addAgent,
    addWorks,
    addReplay,
    addExport,
    addModels,
    addTrain,
    addEval,
    addForget,
    addLedger,
    addWayOut,
    addKeys,
    addServe,
    addMcp,
  ]) {
    add(program, door, answer);
  }
  return program;
}

function helpIn({ say, ink }: Door): Partial<Help> {
  const headings: Readonly<Record<string, string>> = {
    'Usage:': say('help.usage'),
    'Arguments:': say('help.arguments'),
    'Options:': say('help.options'),
    'Commands:': say('help.commands'),
    'Global Options:': say('help.global'),
  };
  const named = (term: string): string =>
    term.replace('[options]', say('help.some-options')).replace('[command]', say('help.some-command'));
  return {
    showGlobalOptions: true,
    displayWidth,
    boxWrap: (text: string, width: number) =>
      text
        .split('\n')
        .flatMap((line) => wrap(line, width))
        .join('\n'),
    styleTitle: (title: string) => ink.title(headings[title] ?? title),
    styleUsage: (usage: string) => named(usage),
    styleOptionTerm: (term: string) => ink.accent(term),
    styleSubcommandTerm: (term: string) => ink.accent(named(term)),
    styleArgumentTerm: (term: string) => ink.accent(term),
    optionDescription: (option: Option) => describeOption(option, say),
    visibleGlobalOptions: globalOptions,
  };
}

/** The options of the commands above; the version is asked of the program alone. */
function globalOptions({ parent }: Command): Option[] {
  if (parent === null) return [];
  return [...parent.options.filter((option) => option.long !== '--version'), ...globalOptions(parent)];
}

function describeOption(option: Option, say: Door['say']): string {
  if (option.defaultValue === undefined || typeof option.defaultValue === 'boolean') return option.description;
  return option.description + say('help.default', { value: String(option.defaultValue) });
}
