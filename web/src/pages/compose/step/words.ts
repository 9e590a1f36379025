import { defineWords } from '../../../i18n/words.tsx';

export const WORDS = defineWords({
  title: { en: 'Note by note', zh: '逐音输入' },
  field: { en: 'Entry: bar {bar}, beat {beat}, {length}', zh: '输入处：第 {bar} 小节第 {beat} 拍，{length}' },
  end: { en: 'Entry: the end of the piece', zh: '输入处：曲子末尾' },
  help: {
    en: 'A–G write a note, with Shift into the chord before; 3–7 choose the length, . a dot, 0 a rest; ↑ ↓ move the last note, with Ctrl by an octave; Backspace takes it back.',
    zh: 'A–G 写音，加 Shift 并入前一和弦；3–7 选时值，. 附点，0 休止；↑ ↓ 移动前一音，加 Ctrl 移八度；Backspace 退回。',
  },
  dotted: { en: 'Dotted', zh: '附点' },
  rest: { en: 'Rest', zh: '休止' },
  back: { en: 'Back', zh: '退回' },
  toStart: { en: 'Entry to the beginning', zh: '输入处回到开头' },
  whole: { en: 'whole', zh: '全音符' },
  half: { en: 'half', zh: '二分音符' },
  quarter: { en: 'quarter', zh: '四分音符' },
  eighth: { en: 'eighth', zh: '八分音符' },
  sixteenth: { en: 'sixteenth', zh: '十六分音符' },
  midi: { en: 'Listen to the MIDI keyboard', zh: '接入 MIDI 键盘' },
  midiOn: { en: 'MIDI: {names}', zh: 'MIDI：{names}' },
  midiNone: { en: 'no keyboard is plugged in', zh: '没有接上键盘' },
  keys: { en: 'Keys', zh: '琴键' },
  stop: {
    en: 'Nothing can be written here: the piece ends, or the place is locked.',
    zh: '这里写不了：曲子已到头，或此处已锁定。',
  },
});
