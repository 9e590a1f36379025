/** The name of a model to be, checked before hours of training and not after them. */
import { OsError } from '../core/index.ts';
import type { Os } from '../host/index.ts';

/** Throws `cli/bad-model-name`, and `house/model-name-taken` unless the earlier model is to be replaced. */
export async function checkModelName(os: Os, name: string, replace = false): Promise<void> {
  const publish = os.listOps().find((op) => op.name === 'model/publish');
  if (publish?.options.safeParse({ name }).success === false) throw badName(name);
  if (!replace && (await os.models.find(name)) !== undefined) throw nameTaken(name);
}

function badName(name: string): OsError {
  return new OsError({
    kind: 'input',
    code: 'cli/bad-model-name',
    message: `A model cannot be called “${name}”.`,
    hint: 'Use letters, digits, . _ - and begin with a letter or digit: --name my-voice',
    zh: { message: `模型不能叫“${name}”。`, hint: '请用文字、数字、. _ -，以文字或数字开头：--name 我的声音' },
  });
}

function nameTaken(name: string): OsError {
  return new OsError({
    kind: 'conflict',
    code: 'house/model-name-taken',
    message: `There is a model '${name}' already.`,
    hint: 'Choose another name, or say --replace.',
    zh: { message: `已有名为“${name}”的模型。`, hint: '请换个名字，或加上 --replace。' },
  });
}
