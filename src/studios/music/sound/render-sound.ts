/**
 * Score → sound.
 *
 *   perform ─▶ each part: SoundFont player, dry ─▶ seat on the stage ─┬▶ mix ─┐
 *                                                                     └▶ room ┴▶ −16 LUFS, −1 dBTP ─▶ sound
 *
 * Without a bank of the artist, each instrument is synthesised when first needed and kept as long as the program runs: half a
 * second an instrument, and nothing to ship or store.
 */
import { type BasicSoundBank, SoundBankLoader } from 'spessasynth_core';
import { findInstrument, type Instrument, instrumentOfProgramme } from '../instruments/index.ts';
import { refusal } from '../refusal.ts';
import type { Score } from '../score/index.ts';
import { buildBank, presetOf } from './bank/index.ts';
import { type Seat, seatsOf } from './mix/seats.ts';
import { addRoom, finish, roomSend, type StageOptions, seated } from './mix/stage.ts';
import { type PartPerformance, type Performance, type PerformOptions, perform } from './performance/index.ts';
import { type Preset, playPart, type Stereo } from './play-part.ts';

/** Longest music that is rendered, seconds. */
export const LONGEST_SOUND = 1800;

export interface RenderOptions extends PerformOptions {
  /** A SoundFont (SF2, SF3, DLS) to play instead of ours. */
  readonly bank?: Uint8Array;
  /** Default 44100. */
  readonly sampleRate?: number;
  /** How much room, 0–1; default 0.5. */
  readonly room?: number;
  /** Also give each part by itself, at its place and level in the mix and with its share of the room; default false. */
  readonly stems?: boolean;
  /** Called after each part. */
  readonly onPart?: (done: number, of: number) => void;
  readonly signal?: AbortSignal;
}

export interface Stem extends Stereo {
  readonly part: string;
}

export interface Sound extends Stereo {
  readonly sampleRate: number;
  /** One per part in score order; together they are the mix, but for its limiter. Empty unless asked for. */
  readonly stems: readonly Stem[];
}

/** Seconds of room after the last note. */
const TAIL = 2.5;

/** Plays a score in stereo. Throws `music/too-long-to-play`, `music/bad-bank`, or the signal's reason. */
export function renderSound(score: Score, options: RenderOptions = {}): Sound {
  return renderPerformance(perform(score, options), { ...options, parts: score.parts });
}

/** Plays a performance; `parts` say gain and pan by id. */
export function renderPerformance(
  performance: Performance,
  options: RenderOptions & { readonly parts?: Score['parts'] } = {},
): Sound {
  const { sampleRate = 44_100, room = 0.5, stems: keep = false, signal, onPart } = options;
  if (performance.seconds > LONGEST_SOUND) throw tooLong(performance.seconds);
  const length = Math.ceil((performance.seconds + TAIL) * sampleRate);
  const asked = new Map((options.parts ?? []).map((part) => [part.id, part]));
  const seats = seatsOf(performance.parts.map(({ instrument, part }) => ({ instrument, pan: asked.get(part)?.pan })));
  const mix: Stereo = { left: new Float32Array(length), right: new Float32Array(length) };
  const send = new Float32Array(length);
  const stems: Stem[] = [];
  const own = options.bank ? loadBank(options.bank) : undefined;
  for (const [i, part] of performance.parts.entries()) {
    const { bank, ...presets } = own ? { bank: own, ...generalPresets(part) } : housePresets(part);
    const dry = playPart(part, performance, bank, {
      sampleRate,
      length,
      ...presets,
      percussion: part.percussion,
      ...(signal ? { signal } : {}),
    });
    const player = seated(dry, seats[i]!, sampleRate, asked.get(part.part)?.gain ?? 0);
    add(mix, player);
    roomSend(send, player, seats[i]!);
    if (keep) stems.push({ part: part.part, ...withRoom(player, seats[i]!, { sampleRate, room }) });
    onPart?.(i + 1, performance.parts.length);
  }
  addRoom(mix, send, { sampleRate, room });
  const gain = finish(mix, sampleRate);
  return {
    ...mix,
    sampleRate,
    stems: stems.map((stem) => ({ ...stem, left: scaled(stem.left, gain), right: scaled(stem.right, gain) })),
  };
}

/** A player alone in the room, which answers to each as if the others were not there. */
function withRoom(player: Stereo, seat: Seat, room: StageOptions): Stereo {
  const send = new Float32Array(player.left.length);
  roomSend(send, player, seat);
  addRoom(player, send, room);
  return player;
}

function add(mix: Stereo, { left, right }: Stereo): void {
  for (let i = 0; i < left.length; i++) {
    mix.left[i]! += left[i]!;
    mix.right[i]! += right[i]!;
  }
}

function scaled(data: Float32Array, gain: number): Float32Array {
  return data.map((value) => value * gain);
}

const built = new Map<string, BasicSoundBank>();

/** The house's own bank of one instrument, built at its first use. */
function houseBank(ids: readonly string[]): BasicSoundBank {
  const name = ids.join('+');
  const known = built.get(name);
  if (known) return known;
  const bank = SoundBankLoader.fromArrayBuffer(buildBank({ only: ids }).buffer);
  built.set(name, bank);
  return bank;
}

function housePresets(part: PartPerformance): { bank: BasicSoundBank; preset: Preset; pizzicato?: Preset } {
  const { id } = heardAs(part);
  if (!part.notes.some(({ technique }) => technique)) return { bank: houseBank([id]), preset: presetOf(id) };
  return { bank: houseBank([id, 'pizzicato']), preset: presetOf(id), pizzicato: presetOf('pizzicato') };
}

/** Programmes of General MIDI in a bank of the artist's. */
function generalPresets(part: PartPerformance): { preset: Preset; pizzicato: Preset } {
  const programme = /^gm-(\d{1,3})$/.exec(part.instrument)?.[1];
  const number = programme === undefined ? heardAs(part).programme : Math.min(127, Number(programme));
  return { preset: { bank: 0, programme: part.percussion ? 0 : number }, pizzicato: { bank: 0, programme: 45 } };
}

/** The instrument of ours that plays a part. */
function heardAs({ instrument, percussion }: PartPerformance): Instrument {
  const found = findInstrument(instrument);
  if (found && (found.percussion ?? false) === percussion) return found;
  if (percussion) return findInstrument('drum-kit')!;
  const programme = /^gm-(\d{1,3})$/.exec(instrument)?.[1];
  return programme === undefined
    ? (found ?? findInstrument('piano')!)
    : instrumentOfProgramme(Math.min(127, Number(programme)));
}

function loadBank(bytes: Uint8Array): BasicSoundBank {
  let bank: BasicSoundBank;
  try {
    // A copy of its own: the reader takes the whole buffer, of which `bytes` may be a piece.
    bank = SoundBankLoader.fromArrayBuffer(new Uint8Array(bytes).buffer);
  } catch (cause) {
    throw badBank(cause instanceof Error ? cause.message : String(cause));
  }
  if (bank.presets.length === 0) throw badBank('no presets');
  return bank;
}

function badBank(why: string): Error {
  const reason = why
    .replace(/[\p{C}\s]+/gu, ' ')
    .trim()
    .slice(0, 120);
  return refusal(
    'input',
    'music/bad-bank',
    { en: `This is no SoundFont that can be played: ${reason}.`, zh: `这不是可用的音色库：${reason}。` },
    {
      en: 'Give an SF2, SF3 or DLS file, or none to use ours.',
      zh: '请给出 SF2、SF3 或 DLS 文件，或不给而用自带音色。',
    },
  );
}

function tooLong(seconds: number): Error {
  const minutes = Math.ceil(seconds / 60);
  return refusal(
    'input',
    'music/too-long-to-play',
    {
      en: `The music lasts ${minutes} minutes; at most ${LONGEST_SOUND / 60} are rendered.`,
      zh: `乐曲长 ${minutes} 分钟，最多渲染 ${LONGEST_SOUND / 60} 分钟。`,
    },
    { en: 'Render it in movements, or mend a tempo that is too slow.', zh: '请分乐章渲染，或改正过慢的速度。' },
  );
}
