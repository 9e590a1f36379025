/**
 * One tune of an ABC file: fields and lines of music in order, each voice gathering what is its own.
 *
 *   header (X: … K:) ─▶ settings ─▶ voices ◀─ lines of music, w:, [V:2], fields in the body
 */
import { keySchema } from '../../score/index.ts';
import {
  defaultUnit,
  parseClef,
  parseKey,
  parseMetre,
  parseProperties,
  parseTempo,
  parseUnit,
  type TempoField,
} from './fields.ts';
import { alignLyrics } from './lyric-line.ts';
import { type LineContext, readMusicLine } from './music-line.ts';
import { type PartLine, parsePartLine } from './part-line.ts';
import {
  type AbcSource,
  AbcWarnings,
  badAbc,
  type Place,
  plainText,
  type SourceLine,
  withoutComment,
} from './source.ts';
import { Voice, type VoiceSettings } from './voice.ts';

/** What the lines of a tune said, before it is put together. */
export interface WrittenTune {
  readonly titles: string[];
  readonly composers: string[];
  /** From our own notes in the header: `Words:`, `Copyright:`, `Language:`. */
  readonly notes: Map<string, string>;
  readonly voices: Voice[];
  /** `%%score` or `%%staves`. */
  score?: string;
  readonly parts: PartLine[];
  tempo?: TempoField;
  readonly warnings: AbcWarnings;
}

/** Reads the lines of a tune; throws `music/bad-abc`, `music/too-many-notes`, `music/too-many-bars`. */
export function readTune(source: AbcSource): WrittenTune {
  const reader = new TuneReader();
  for (const line of [...source.header, ...source.lines]) reader.line(line);
  return reader.finish(source.lines[0] ?? { text: '', line: 1 });
}

const MOST_VOICES = 256;

class TuneReader {
  readonly #warnings = new AbcWarnings();
  readonly #tune: WrittenTune = {
    titles: [],
    composers: [],
    notes: new Map(),
    voices: [],
    parts: [],
    warnings: this.#warnings,
  };
  readonly #count = { notes: 0 };
  readonly #symbols = new Map<string, string>();
  readonly #settings: VoiceSettings = {
    key: { tonic: 'C', mode: 'major' },
    metre: [4, 4],
    metreSign: undefined,
    unit: { n: 1, d: 8 },
    unitGiven: false,
    clefOctaves: 0,
    octaves: 0,
    transposition: 0,
  };
  #propagate: Voice['propagate'] = 'pitch';
  #voice: Voice | undefined;
  #inBody = false;
  #skipping = false;
  /** A music line that ends in a backslash goes on in the next. */
  #goesOn = false;
  /** What `+:` prolongs. */
  #lastField = '';

  line({ text, line }: SourceLine): void {
    if (/^%%\s*begin(?:text|ps)/.test(text)) this.#skipping = true;
    if (this.#skipping) {
      if (/^%%\s*end(?:text|ps)/.test(text)) this.#skipping = false;
      return;
    }
    const directive = /^(?:%%|I:)\s*(\S+)\s*(.*)$/.exec(text);
    const field = /^([A-Za-z+]):(?![|:])(.*)$/.exec(text);
    if (directive) this.#directive(directive[1]!, directive[2]!);
    else if (text.startsWith('%')) return;
    else if (field) this.#field(field[1]!, withoutComment(field[2]!).trim(), { line, column: 3 });
    else if (this.#inBody) this.#music(withoutComment(text), line);
  }

  finish({ line }: SourceLine): WrittenTune {
    if (!this.#inBody)
      throw badAbc(
        { line, column: 1 },
        "the tune has no 'K:' field, after which music begins",
        '没有 K: 字段，乐谱从它之后开始',
      );
    this.#placeWords({ line, column: 1 });
    for (const voice of this.#tune.voices) voice.finish();
    return this.#tune;
  }

  #directive(name: string, value: string): void {
    if (name === 'score' || name === 'staves') this.#tune.score ??= value;
    else if (name === 'propagate-accidentals')
      this.#propagate = (/^(?:not|octave)/.exec(value)?.[0] as Voice['propagate']) ?? 'pitch';
    else if (name === 'part') {
      const part = parsePartLine(value);
      if (part) this.#tune.parts.push(part);
    } else if (name === 'MIDI' || name === 'MIDI:') {
      const programme = /^program\s+(?:\d+\s+)?(\d{1,3})\s*$/.exec(value);
      if (programme) (this.#voice?.settings ?? this.#settings).programme = Math.min(127, Number(programme[1]));
    }
  }

  #field(letter: string, value: string, place: Place): void {
    if (letter === '+') {
      this.#prolong(value, place);
      return;
    }
    this.#lastField = letter;
    if (this.#inBody) this.#bodyField(letter, value, place);
    else this.#headerField(letter, value, place);
  }

  #prolong(value: string, place: Place): void {
    const voice = this.#voice;
    if (this.#lastField === 'T' && this.#tune.titles.length > 0) {
      this.#tune.titles.push(`${this.#tune.titles.pop()} ${plainText(value)}`);
    } else if (this.#lastField === 'w' && voice) {
      this.#heldLyrics = `${this.#heldLyrics} ${value}`;
    } else this.#warnings.add(place, 'a line that prolongs nothing', '续行没有接续的字段');
  }

  /** Words are placed when the next line shows that they do not go on. */
  #heldLyrics = '';

  #headerField(letter: string, value: string, place: Place): void {
    if (letter === 'T') this.#tune.titles.push(plainText(value));
    else if (letter === 'C') this.#tune.composers.push(plainText(value));
    else if (letter === 'N') this.#note(value);
    else if (letter === 'U') this.#userSymbol(value, place);
    else if (letter === 'Q') this.#headerTempo = { value, place };
    else if (letter === 'V') this.#voiceField(value, place);
    else if (letter === 'K') this.#beginBody(value, place);
    else if (/[LM]/.test(letter)) this.#measureField(this.#settings, letter, value, place);
    else if (letter === 'm') this.#warnings.add(place, 'macros are not understood', '不支持宏');
  }

  #headerTempo: { value: string; place: Place } | undefined;

  #note(value: string): void {
    const found = /^(Words|Copyright|Language):\s*(.*)$/.exec(value);
    if (found) this.#tune.notes.set(found[1]!, plainText(found[2]!));
  }

  #userSymbol(value: string, place: Place): void {
    const found = /^([H-Wh-w~])\s*=\s*([!+"].*[!+"]|[.~A-Za-z])$/.exec(value);
    if (!found) {
      this.#warnings.add(place, 'not a symbol definition', '记号定义写法不对');
      return;
    }
    this.#symbols.set(found[1]!, found[2]!.replace(/^\+(.*)\+$/, '!$1!'));
  }

  #beginBody(value: string, place: Place): void {
    this.#keyField(this.#settings, undefined, value, place);
    if (!this.#settings.unitGiven) this.#settings.unit = defaultUnit(this.#settings.metre);
    // Voices announced before the key take it now.
    for (const voice of this.#tune.voices) {
      const { key, unit, unitGiven, metre, metreSign, clef, clefOctaves } = this.#settings;
      Object.assign(voice.settings, { key, unit, unitGiven, metre, metreSign });
      if (clef && !voice.settings.clef) Object.assign(voice.settings, { clef, clefOctaves });
      voice.propagate = this.#propagate;
    }
    if (this.#headerTempo) {
      const tempo = parseTempo(this.#headerTempo.value, this.#settings.unit);
      if (tempo) this.#tune.tempo = tempo;
      else this.#warnings.add(this.#headerTempo.place, 'not a tempo', '速度写法不对');
    }
    this.#inBody = true;
    this.#voice = this.#tune.voices[0];
  }

  #bodyField(letter: string, value: string, place: Place): void {
    if (letter === 'w') {
      this.#words(value, place);
      return;
    }
    this.#placeWords(place);
    if (/[XABCDFGHNORSWZrs]/.test(letter)) {
      if (letter === 'N') this.#note(value);
      else if (/[Ws]/.test(letter)) this.#warnings.add(place, `${letter}: is left out`, `略去 ${letter}:`);
    } else if (letter === 'T') this.#tune.titles.push(plainText(value));
    else if (letter === 'U') this.#userSymbol(value, place);
    else this.#inlineField(letter, value, place);
  }

  /** A field that acts on the voice that is being read; true for all that are known. */
  #inlineField(letter: string, value: string, place: Place): void {
    if (letter === 'V') {
      this.#voiceField(value, place);
      return;
    }
    if (letter === 'I') {
      const directive = /^\s*(\S+)\s*(.*)$/.exec(value);
      if (directive) this.#directive(directive[1]!, directive[2]!);
      return;
    }
    const voice = this.#currentVoice();
    if (letter === 'K') this.#keyField(voice.settings, voice, value, place);
    else if (/[LM]/.test(letter)) this.#measureField(voice.settings, letter, value, place);
    else if (letter === 'P') voice.barSigns.label = plainText(value).slice(0, 60) || undefined;
    else if (letter === 'Q') {
      const tempo = parseTempo(value, voice.settings.unit);
      if (tempo) voice.tempos.push({ ...voice.spot, tempo });
      else this.#warnings.add(place, 'not a tempo', '速度写法不对');
    } else if (letter === 'U') this.#userSymbol(value, place);
    else if (letter === 'r') this.#remark(voice, value.trim());
    else if (!/[Nm]/.test(letter))
      this.#warnings.add(place, `the field ${letter}: means nothing here`, `字段 ${letter}: 在此无意义`);
  }

  /** What we note beside a key that ABC has no word for: `[r:key C gong]`. */
  #remark(voice: Voice, value: string): void {
    const [, tonic, mode] = /^key (\S+) (\w+)$/.exec(value) ?? [];
    const key = keySchema.safeParse({ ...voice.settings.key, tonic, mode }).data;
    if (key) voice.setKey(key);
  }

  #measureField(settings: VoiceSettings, letter: string, value: string, place: Place): void {
    if (letter === 'L') {
      const unit = parseUnit(value);
      if (!unit) {
        this.#warnings.add(place, 'not a unit note length', '基本时值写法不对');
        return;
      }
      settings.unit = unit;
      settings.unitGiven = true;
      return;
    }
    const metre = parseMetre(value);
    if (!metre) {
      this.#warnings.add(place, `the metre '${value}' is not understood`, `拍号“${value}”无法识别`);
      return;
    }
    settings.metre = metre.metre;
    settings.metreSign = metre.sign;
  }

  #keyField(settings: VoiceSettings, voice: Voice | undefined, value: string, place: Place): void {
    const found = parseKey(value);
    if (!found) {
      this.#warnings.add(place, `the key '${value}' is not understood`, `调号“${value}”无法识别`);
      return;
    }
    if (found.key && voice) voice.setKey(found.key);
    else if (found.key) settings.key = found.key;
    this.#properties(settings, voice, found.properties, place);
  }

  #properties(
    settings: VoiceSettings,
    voice: Voice | undefined,
    properties: Readonly<Record<string, string>>,
    place: Place,
  ): void {
    const clef = properties['clef'] === undefined ? undefined : parseClef(properties['clef']);
    if (properties['clef'] !== undefined && !clef)
      this.#warnings.add(place, `the clef '${properties['clef']}' is not known`, `不认识谱号“${properties['clef']}”`);
    if (clef) {
      settings.clef ??= clef.clef;
      settings.clefOctaves = clef.octaves;
      if (voice && this.#inBody) voice.marks.push({ ...voice.spot, kind: 'clef', value: clef.clef });
    }
    const octave = Number(properties['octave']);
    if (Number.isInteger(octave) && Math.abs(octave) <= 4) settings.octaves = octave;
    const transposition = Number(properties['transpose']);
    if (Number.isInteger(transposition) && Math.abs(transposition) <= 36) settings.transposition = transposition;
    const name = properties['name'] ?? properties['nm'];
    if (name !== undefined) settings.name = plainText(name).slice(0, 120);
  }

  #voiceField(value: string, place: Place): void {
    const [id = '', ...rest] = value.trim().split(/\s+/);
    const known = this.#tune.voices.find((voice) => voice.id === id);
    if (!known && this.#tune.voices.length >= MOST_VOICES)
      throw badAbc(place, `more than ${MOST_VOICES} voices`, `声部超过 ${MOST_VOICES} 个`);
    const voice = known ?? this.#newVoice(id);
    this.#properties(voice.settings, known ? voice : undefined, parseProperties(rest.join(' ')), place);
    this.#voice = voice;
  }

  #newVoice(id: string): Voice {
    const voice = new Voice(id, { ...this.#settings }, this.#count, this.#warnings);
    voice.propagate = this.#propagate;
    this.#tune.voices.push(voice);
    return voice;
  }

  #currentVoice(): Voice {
    this.#voice ??= this.#tune.voices[0] ?? this.#newVoice('1');
    return this.#voice;
  }

  #music(text: string, line: number): void {
    this.#placeWords({ line, column: 1 });
    const goesOn = /\\\s*$/.test(text);
    const voice = this.#currentVoice();
    if (!this.#goesOn) this.#beginLine(voice);
    const reader = this;
    const context: LineContext = {
      get voice() {
        return reader.#currentVoice();
      },
      warnings: this.#warnings,
      symbols: this.#symbols,
      field: (letter, value, place) => {
        const before = this.#voice;
        this.#inlineField(letter, value, place);
        if (this.#voice !== before && this.#voice) this.#beginLine(this.#voice);
      },
    };
    readMusicLine(text, line, context);
    this.#goesOn = goesOn;
  }

  #beginLine(voice: Voice): void {
    voice.lineEvents = [];
    voice.verse = 0;
  }

  #words(value: string, place: Place): void {
    this.#placeWords(place);
    this.#heldLyrics = value === '' ? ' ' : value;
    this.#currentVoice().verse++;
  }

  #placeWords(place: Place): void {
    if (this.#heldLyrics === '') return;
    const voice = this.#currentVoice();
    if (voice.verse > 20) this.#warnings.add(place, 'more than 20 verses', '歌词超过 20 段');
    else {
      const verse = { verse: voice.verse, goesOn: voice.wordGoesOn.has(voice.verse) };
      const { goesOn, left } = alignLyrics(this.#heldLyrics, voice.lineEvents, verse);
      if (goesOn) voice.wordGoesOn.add(voice.verse);
      else voice.wordGoesOn.delete(voice.verse);
      if (left) this.#warnings.add(place, 'more syllables than notes in the words above', '上行歌词的字数多于音符');
    }
    this.#heldLyrics = '';
  }
}
