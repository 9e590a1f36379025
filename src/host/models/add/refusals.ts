/** Why something cannot become a model. */
import { OsError } from '../../../core/index.ts';

/** Nothing is there. */
export const notThere = (path: string): OsError =>
  new OsError({
    kind: 'missing',
    code: 'host/model-source-missing',
    message: `There is nothing at ${path}.`,
    hint: 'Give a file (GGUF, ONNX), a folder, an address (http://…) or hf:owner/name.',
    zh: { message: `${path} 不存在。`, hint: '请给出文件（GGUF、ONNX）、文件夹、地址（http://…）或 hf:作者/名称。' },
  });

/** The file runs code when it is opened. */
export const pickle = (path: string): OsError =>
  new OsError({
    kind: 'denied',
    code: 'host/pickle-refused',
    message: `${path} is a Python pickle: opening one runs whatever code it holds.`,
    hint: 'Look for the same model as .safetensors, .gguf or .onnx, or have it converted by somebody you trust.',
    zh: {
      message: `${path} 是 Python pickle 文件：一打开就会运行其中的任意代码。`,
      hint: '请寻找同一模型的 .safetensors、.gguf 或 .onnx 版本，或请可信的人转换。',
    },
  });

const notAModel = (path: string, en: string, zh: string): OsError =>
  new OsError({
    kind: 'input',
    code: 'host/not-a-model',
    message: `${path} is no model: ${en}.`,
    hint: 'Give a GGUF or ONNX file, a folder of Hugging Face or diffusers files, one of our own models, or the address of a server.',
    zh: {
      message: `${path} 不是模型：${zh}。`,
      hint: '请给出 GGUF 或 ONNX 文件、Hugging Face 或 diffusers 格式的文件夹、本系统的模型，或服务的地址。',
    },
  });

/** Too short for anything. */
export const tooShort = (path: string): OsError =>
  notAModel(path, 'it is empty or almost so', '内容是空的，或几乎为空');

/** Git's large files were not fetched. */
export const pointerInstead = (path: string): OsError =>
  notAModel(
    path,
    'it is only a pointer of Git LFS; fetch the file itself with git lfs pull',
    '这只是 Git LFS 的指针；请用 git lfs pull 取得文件本身',
  );

/** A page of a site was saved in its place. */
export const htmlInstead = (path: string): OsError =>
  notAModel(path, 'it is a web page, saved in place of the file', '这是一个网页，而不是文件本身');

/** No driver knows it. */
export const unknownKind = (path: string): OsError =>
  notAModel(path, 'no engine here knows its content', '现有引擎都不认识它的内容');

/** The name is in use. */
export const nameTaken = (name: string): OsError =>
  new OsError({
    kind: 'conflict',
    code: 'host/model-name-taken',
    message: `There is a model '${name}' already.`,
    hint: 'Choose another with --name, or take that one away with llmagentos models remove.',
    zh: {
      message: `已有名为“${name}”的模型。`,
      hint: '请用 --name 换一个名字，或先用 llmagentos models remove 移除它。',
    },
  });

/** The name cannot be one. */
export const badName = (name: string): OsError =>
  new OsError({
    kind: 'input',
    code: 'host/bad-model-name',
    message: `'${name}' cannot be the name of a model.`,
    hint: 'Use letters, digits, - _ and ., at most 64, and begin with a letter or digit.',
    zh: { message: `“${name}”不能作模型名。`, hint: '请用字母、数字、-、_ 和 .，最多 64 个字符，并以字母或数字开头。' },
  });

/** It belongs to the project. */
export const shipped = (name: string): OsError =>
  new OsError({
    kind: 'denied',
    code: 'host/model-ships',
    message: `The model '${name}' belongs to the program and is not removed.`,
    hint: 'Switch it off on the page of models instead.',
    zh: { message: `模型“${name}”随程序提供，不能移除。`, hint: '可以在“模型”页把它关闭。' },
  });
