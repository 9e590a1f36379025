/** The model for a role where the command names none: the one the artist prefers, else the only one there is. */
import { OsError } from '../core/index.ts';
import type { ModelRole } from '../kernel/index.ts';
import type { Door } from './door.ts';

/** Throws `cli/no-model-for`. */
export async function preferredModel(door: Door, role: ModelRole): Promise<string> {
  const os = await door.os();
  const wish = (await os.defaults())[role];
  if (wish !== undefined) return wish;
  const able = (await os.models.list()).filter(({ roles, enabled }) => enabled && roles.includes(role));
  if (able.length === 1) return able[0]!.name;
  throw noModelFor(
    role,
    able.map(({ name }) => name),
  );
}

function noModelFor(role: ModelRole, names: readonly string[]): OsError {
  const [en, zh] = NEEDS[role] ?? [role, role];
  const some = names.length > 0;
  return new OsError({
    kind: 'missing',
    code: 'cli/no-model-for',
    message: some ? `Several models can ${en}: ${names.join(', ')}.` : `No model here can ${en}.`,
    hint: some
      ? `Name one with --model, or prefer one: llmagentos models default ${role} NAME`
      : 'Add one: llmagentos models add FOLDER (docs/engines.md names kinds that work)',
    zh: {
      message: some ? `有几个模型能${zh}：${names.join('、')}。` : `这里没有能${zh}的模型。`,
      hint: some
        ? `用 --model 指定，或设为常用：llmagentos models default ${role} 名称`
        : '请先添加：llmagentos models add 文件夹（可用的种类见 docs/engines.zh.md）',
    },
  });
}

const NEEDS: Readonly<Partial<Record<ModelRole, readonly [en: string, zh: string]>>> = {
  eye: ['look at pictures', '看图'],
  gaps: ['fill gaps in a text', '填空'],
};
