/** Why a model cannot be had. */
import { OsError } from '../../core/index.ts';
import type { ModelRole } from '../../kernel/index.ts';

/** It is switched off. */
export function modelOff(name: string): OsError {
  return new OsError({
    kind: 'unavailable',
    code: 'host/model-off',
    message: `The model '${name}' is switched off.`,
    hint: 'Switch it on on the page of models, or choose another.',
    zh: { message: `模型“${name}”已被关闭。`, hint: '请在“模型”页打开它，或选用别的模型。' },
  });
}

/** Nothing has that name. */
export function modelMissing(name: string, known: readonly string[]): OsError {
  const en = known.length > 0 ? `Models at hand: ${known.join(', ')}.` : 'No model is at hand.';
  const zh = known.length > 0 ? `现有模型：${known.join('、')}。` : '目前没有任何模型。';
  return new OsError({
    kind: 'unavailable',
    code: 'host/model-missing',
    message: `There is no model '${name}'.`,
    hint: `${en} Put its folder into models/ of the project or of the home folder.`,
    zh: { message: `没有模型“${name}”。`, hint: `${zh}请把它的文件夹放进项目或主文件夹的 models/ 中。` },
  });
}

/** What each role does, for people. */
const ROLES: Readonly<Record<ModelRole, { readonly en: string; readonly zh: string }>> = {
  token: { en: 'write token by token', zh: '逐词元写作' },
  chat: { en: 'be spoken to', zh: '对话' },
  picture: { en: 'make pictures', zh: '生成图片' },
  sound: { en: 'make sound', zh: '生成声音' },
  eye: { en: 'look at pictures', zh: '看图' },
  embedder: { en: 'compare texts by meaning', zh: '按语义比较文字' },
  gaps: { en: 'fill gaps in a text', zh: '为文字填空' },
};

/** It is there, and does something else. */
export function wrongRole(name: string, role: ModelRole, roles: readonly ModelRole[]): OsError {
  const can = roles.length > 0;
  return new OsError({
    kind: 'input',
    code: 'host/wrong-role',
    message: `The model '${name}' cannot ${ROLES[role].en}.`,
    hint: can ? `It can ${roles.map((one) => ROLES[one].en).join(', ')}. Choose another.` : 'Choose another.',
    zh: {
      message: `模型“${name}”不能${ROLES[role].zh}。`,
      hint: can ? `它能${roles.map((one) => ROLES[one].zh).join('、')}。请换用别的模型。` : '请换用别的模型。',
    },
  });
}

/** Its card names a runtime that is not here. */
export function noDriver(name: string, driver: string, known: readonly string[]): OsError {
  return new OsError({
    kind: 'unavailable',
    code: 'host/no-driver',
    message: `The model '${name}' wants the engine '${driver}', which is not here.`,
    hint: `Engines: ${known.join(', ')}. Mend "driver" in its card.json, or add the model again.`,
    zh: {
      message: `模型“${name}”需要引擎“${driver}”，这里没有。`,
      hint: `现有引擎：${known.join('、')}。请更正其 card.json 中的 driver，或重新添加该模型。`,
    },
  });
}
