/** Works: everything that was made and brought, on one wall; one work on a page of its own. */
import type { WorkCard } from '@llmagentos/sdk/client';
import { type ReactNode, useDeferredValue, useState } from 'react';
import { api } from '../../api/studio.ts';
import { useAnswer } from '../../api/use-answer.ts';
import { Button } from '../../design/button.tsx';
import { Select, TextField } from '../../design/field.tsx';
import { Empty, FaultNote } from '../../design/note.tsx';
import { useWords } from '../../i18n/words.tsx';
import type { PageProps } from '../../shell/page-props.ts';
import { tell, tellFault } from '../../shell/toasts.tsx';
import { Compare } from './compare.tsx';
import { Grid } from './grid.tsx';
import { Tile } from './tile.tsx';
import { useWall } from './use-wall.ts';
import { WORDS } from './words.ts';
import { WorkPage } from './work-page.tsx';
import styles from './works.module.css';

export function WorksPage({ rest }: PageProps): ReactNode {
  return rest ? <WorkPage key={rest} id={rest} /> : <Gallery />;
}

type Medium = 'all' | 'verse' | 'prose' | 'picture' | 'music' | 'sound';
const MEDIA: readonly Medium[] = ['all', 'verse', 'prose', 'picture', 'music', 'sound'];

interface Filter {
  readonly text: string;
  readonly medium: Medium;
  readonly starred: boolean;
  readonly trashed: boolean;
  readonly board: string;
}

function Gallery(): ReactNode {
  const say = useWords(WORDS);
  const [filter, setFilter] = useState<Filter>({ text: '', medium: 'all', starred: false, trashed: false, board: '' });
  const { text, medium, starred, trashed, board } = useDeferredValue(filter);
  const wall = useWall({
    ...(text.trim() && { text: text.trim() }),
    ...(medium !== 'all' && { medium }),
    ...(starred && { starred: true }),
    ...(trashed && { trashed: true }),
    ...(board && { board }),
  });
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set());
  const select = (id: string, on: boolean): void => {
    const next = new Set(chosen);
    if (on) next.add(id);
    else next.delete(id);
    setChosen(next);
  };
  const star = (work: WorkCard, on: boolean): void => {
    wall.put([{ ...work, marks: { ...work.marks, starred: on } }]);
    api.mark({ works: [work.id], starred: on }).catch((thrown) => {
      tellFault(thrown);
      wall.again();
    });
  };
  const plain =
    filter.text === '' && filter.medium === 'all' && !filter.starred && !filter.trashed && filter.board === '';
  return (
    <div className={styles.page}>
      <div className={styles.head}>
        <h1>{say('title')}</h1>
        <span className={styles.quiet}>{say('total', { n: wall.total })}</span>
      </div>
      <Filters filter={filter} onChange={setFilter} />
      {chosen.size > 0 && (
        <Chosen
          works={wall.works.filter(({ id }) => chosen.has(id))}
          trash={trashed}
          onDone={() => setChosen(new Set())}
          onChange={wall.again}
        />
      )}
      {wall.fault && <FaultNote fault={wall.fault} />}
      {wall.asked && wall.total === 0 && <Empty>{say(plain ? 'none' : 'noneFound')}</Empty>}
      <Grid
        works={wall.works}
        total={wall.total}
        label={say('title')}
        onNearEnd={wall.more}
        tile={(work) => (
          <Tile
            work={work}
            selected={chosen.has(work.id)}
            onSelect={(on) => select(work.id, on)}
            onStar={(on) => star(work, on)}
          />
        )}
      />
    </div>
  );
}

function Filters({ filter, onChange }: { readonly filter: Filter; onChange(filter: Filter): void }): ReactNode {
  const say = useWords(WORDS);
  const { data } = useAnswer('works/boards', (signal) => api.boards({ signal }));
  const boards = [
    { value: '', label: say('anyBoard') },
    ...(data?.boards ?? []).map(({ name, works }) => ({ value: name, label: `${name} · ${works}` })),
  ];
  return (
    <div className={styles.filters}>
      <TextField
        label={say('search')}
        type="search"
        value={filter.text}
        onChange={(event) => onChange({ ...filter, text: event.target.value })}
      />
      <Select
        label={say('medium')}
        value={filter.medium}
        choices={MEDIA.map((value) => ({ value, label: say(value) }))}
        onChoose={(medium: Medium) => onChange({ ...filter, medium })}
      />
      <Select
        label={say('board')}
        value={filter.board}
        choices={boards}
        onChoose={(board: string) => onChange({ ...filter, board })}
      />
      <div className={styles.row}>
        <Button
          aria-pressed={filter.starred}
          icon="star"
          tone={filter.starred ? 'plain' : 'quiet'}
          onClick={() => onChange({ ...filter, starred: !filter.starred })}
        >
          {say('starred')}
        </Button>
        <Button
          aria-pressed={filter.trashed}
          icon="trash"
          tone={filter.trashed ? 'plain' : 'quiet'}
          onClick={() => onChange({ ...filter, trashed: !filter.trashed })}
        >
          {say('trash')}
        </Button>
      </div>
    </div>
  );
}

interface ChosenProps {
  readonly works: readonly WorkCard[];
  /** Whether the trash is in sight. */
  readonly trash: boolean;
  onDone(): void;
  onChange(): void;
}

/** What can be done with several at once. */
function Chosen({ works, trash, onDone, onChange }: ChosenProps): ReactNode {
  const say = useWords(WORDS);
  const [comparing, setComparing] = useState(false);
  const [board, setBoard] = useState('');
  const ids = works.map(({ id }) => id);
  const move = (trashed: boolean): void => {
    const change = (to: boolean) => api.mark({ works: ids, trashed: to }).then(onChange, tellFault);
    void change(trashed).then(() =>
      tell(say(trashed ? 'trashed' : 'restored', { n: ids.length }), () => void change(!trashed)),
    );
    onDone();
  };
  const hang = (): void => {
    if (board.trim() === '') return;
    const name = board.trim();
    api.mark({ works: ids, addTo: name }).then(() => {
      tell(
        say('hung', { board: name }),
        () => void api.mark({ works: ids, removeFrom: name }).then(onChange, tellFault),
      );
      onChange();
    }, tellFault);
    onDone();
  };
  return (
    <div className={styles.chosen}>
      <span>{say('chosen', { n: ids.length })}</span>
      <Button small disabled={ids.length < 2 || ids.length > 4} onClick={() => setComparing(true)}>
        {say('compare')}
      </Button>
      <Button small icon={trash ? 'undo' : 'trash'} onClick={() => move(!trash)}>
        {say(trash ? 'restore' : 'toTrash')}
      </Button>
      <div className={styles.hang}>
        <TextField
          label={say('boardName')}
          value={board}
          maxLength={80}
          onChange={(event) => setBoard(event.target.value)}
        />
        <Button small disabled={board.trim() === ''} onClick={hang}>
          {say('hang')}
        </Button>
      </div>
      <Button small tone="quiet" onClick={onDone}>
        {say('letGo')}
      </Button>
      {comparing && <Compare works={works} onClose={() => setComparing(false)} />}
    </div>
  );
}
