/** Rules of those who lead, mend and judge: director, editor, critic. */
import { type Art, artsAsked, planSchema } from '../../kernel/index.ts';
import { titleOf } from '../titles.ts';
import { PASSES } from '../tools/edit-pass.ts';
import { finish, type Rules, type Ruling, readFirst, use, type View } from './view.ts';

const ROLE_OF: Readonly<Record<Art, string>> = { poem: 'poet', picture: 'painter', tune: 'composer' };

/** Brief, plan, tasks; each task goes to its role; the critic rates what came; what was not done is said. */
export const directorRules: Rules = async (view) => {
  const { state, say, did, madeOf } = view;
  const first = readFirst(view);
  if (first) return first;
  const planned = state.steps.some(({ act }) => act.kind === 'plan') || state.plan.length > 0;
  if (!planned) {
    const tasks = (await artsOf(view)).map((art) => ({ role: ROLE_OF[art], goal: state.brief }));
    return {
      words: say('One task for each work that is asked for.', '所求的每件作品各列一项。'),
      act: { kind: 'plan', tasks },
    };
  }
  const next = state.plan.find(({ state: how }) => how === 'open');
  if (next) return delegate(view, next);
  const made = [...madeOf('verse'), ...madeOf('picture'), ...madeOf('music'), ...madeOf('prose')];
  const reviewed = callsTo(view, 'critic').length > 0;
  if (made.length > 0 && !reviewed) {
    const why = say('The critic looks at what was made.', '请评论者看一看。');
    return use(why, 'delegate', { role: 'critic', goal: say('Rate these works.', '为这些作品打分。'), works: made });
  }
  const dropped = did('delegate').filter(({ facts }) => !(facts as { good?: boolean }).good);
  const missing = dropped.map(({ seen }) => seen).join(' ');
  return finish(
    view,
    made.length > 0,
    `Made: ${made.join(', ') || 'nothing'}.${missing && ` Not done: ${missing}`}`,
    `已完成：${made.join('、') || '无'}。${missing && `未做到：${missing}`}`,
  );
};

/** A task that has come to nothing once is dropped, so that the others are done. */
function delegate(view: View, { role, goal }: { readonly role: string; readonly goal: string }): Ruling {
  const { state, say, named, madeOf } = view;
  const open = state.plan.filter(({ state: how }) => how === 'open');
  const last = state.steps.at(-1);
  const vain =
    last?.act.kind === 'use' && last.act.tool === 'delegate' && last.works.length === 0 && isFor(last.act.input, role);
  if (vain) {
    const rest = open.slice(1).map((task) => ({ role: task.role, goal: task.goal }));
    return {
      words: say(`The ${role} could not do it; the rest goes on.`, `${titleOf(role).zh}没能做到；继续其余各项。`),
      act: { kind: 'plan', tasks: rest },
    };
  }
  const plan = named('plan').at(-1)!;
  const poems = madeOf('verse').slice(0, 1);
  const works = role === 'poet' || role === 'storyteller' ? [plan] : [plan, ...poems];
  return use(say(`The ${role} is called.`, `请${titleOf(role).zh}来做。`), 'delegate', { role, goal, works });
}

const isFor = (input: unknown, role: string): boolean => (input as { role?: string }).role === role;

function callsTo({ state }: View, role: string): readonly unknown[] {
  return state.steps.filter(({ act }) => act.kind === 'use' && act.tool === 'delegate' && isFor(act.input, role));
}

async function artsOf({ load, named }: View): Promise<readonly Art[]> {
  const asked = artsAsked(planSchema.parse((await load(named('plan').at(-1)!)).document));
  return asked.length > 0 ? asked : ['poem', 'picture', 'tune'];
}

/** Three passes, one after another, each over what the one before left. */
export const editorRules: Rules = (view) => {
  const { say, named, did, failed, state } = view;
  const texts = [...named('verse'), ...named('prose')];
  const given = texts.at(-1);
  if (given === undefined) return finish(view, false, 'There is no text to edit.', '没有可编辑的文字。');
  const at = did('edit_pass').length + failed('edit_pass').length;
  const pass = PASSES[at];
  if (pass) return use(say(`The pass over ${pass}.`, `审 ${pass}。`), 'edit_pass', { pass, work: given });
  const told = [...did('edit_pass'), ...failed('edit_pass')].map(({ seen }) => seen.split('\n')[0]).join(' ');
  return finish(view, failed('edit_pass').length < PASSES.length, told, told || state.brief);
};

/** Every given work that can be rated, once. */
export const criticRules: Rules = (view) => {
  const { say, named, did, failed } = view;
  const works = ['verse', 'prose', 'music', 'picture'].flatMap((medium) => named(medium));
  const rated = [...did('rate'), ...failed('rate')].map(
    ({ act }) => (act as unknown as { input: { work: string } }).input.work,
  );
  const next = works.find((name) => !rated.includes(name));
  if (next) return use(say(`${next} is rated with the rubric.`, `按评分表评 ${next}。`), 'rate', { work: next });
  const told = did('rate')
    .map(({ seen }) => seen)
    .join('\n');
  return finish(view, works.length > 0, told || 'There is nothing to rate.', told || '没有可评的作品。');
};
