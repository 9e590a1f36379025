/** Words become a picture: by our own painters, or by an engine of the artist's, which may begin from what is on the paper. */
import { type ReactNode, useState } from 'react';
import { Button } from '../../design/button.tsx';
import { Select, Slider, Switch, TextArea, TextField } from '../../design/field.tsx';
import { useWords } from '../../i18n/words.tsx';
import styles from './paint.module.css';
import type { PanelsProps } from './panel-props.ts';
import { OURS, useEngines } from './use-engines.ts';
import { keepPng, maskPng, mergedPng, paintWords } from './use-studio.ts';
import { PAINTERS, type Painter, SHAPES, type Shape, WORDS } from './words.ts';

/** What is asked of an engine beside the words. */
interface EngineWish {
  readonly negative: string;
  readonly fromPaper: boolean;
  readonly strength: number;
}

export function FromWords(props: PanelsProps): ReactNode {
  const { shape, acts, onShape } = props;
  const say = useWords(WORDS);
  const engines = useEngines(props.work?.model?.name);
  const [by, setBy] = useState<string>();
  const engine = by ?? engines.preferred;
  const [brief, setBrief] = useState('');
  const [painter, setPainter] = useState<Painter | ''>('');
  const [seed, setSeed] = useState('');
  const [wish, setWish] = useState<EngineWish>({ negative: '', fromPaper: false, strength: 0.6 });
  const ours = engine === OURS;
  const onPaper = props.picture !== undefined || props.strokes.some(({ tool }) => tool !== 'mask');
  const paint = (): void =>
    acts.act(async (started) => {
      const chance = { brief, seed: seed === '' ? undefined : Number(seed) };
      if (ours)
        return paintWords({ ...chance, options: { painter: painter || 'ink', size: [...SHAPES[shape]] } }, started);
      const { negative, fromPaper, strength } = wish;
      const from = fromPaper && onPaper ? await onThePaper(props, say('title')) : [];
      const options = {
        model: engine,
        ...(painter !== '' && { painter }),
        ...(negative.trim() !== '' && { negative }),
        ...(from.length > 0 ? { strength } : { size: [...SHAPES[shape]] }),
      };
      return paintWords({ ...chance, options, from }, started);
    });
  return (
    <section className={styles.panel}>
      <h2>{say('words')}</h2>
      {engines.names.length > 0 && (
        <Select
          label={say('by')}
          value={engine}
          choices={[{ value: OURS, label: say('ours') }, ...engines.names.map((value) => ({ value, label: value }))]}
          onChoose={setBy}
        />
      )}
      <TextArea label={say('brief')} rows={2} value={brief} onChange={(event) => setBrief(event.target.value)} />
      <div className={styles.pair}>
        <Select
          label={say('painter')}
          value={ours ? painter || 'ink' : painter}
          choices={[
            ...(ours ? [] : [{ value: '' as const, label: say('asPlanned') }]),
            ...PAINTERS.map((value) => ({ value, label: say(value) })),
          ]}
          onChoose={(value: Painter | '') => setPainter(value)}
        />
        <Select
          label={say('shape')}
          value={shape}
          choices={(['square', 'wide', 'tall'] as const).map((value) => ({ value, label: say(value) }))}
          onChoose={(value: Shape) => onShape(value)}
        />
      </div>
      {!ours && <ForEngine {...{ wish, onPaper }} masked={isMasked(props)} onWish={setWish} />}
      <TextField
        label={say('seed')}
        inputMode="numeric"
        value={seed}
        onChange={(event) => setSeed(event.target.value.replace(/\D/g, '').slice(0, 15))}
      />
      <Button tone="seal" disabled={acts.busy || brief.trim() === ''} onClick={paint}>
        {say('paint')}
      </Button>
    </section>
  );
}

interface ForEngineProps {
  readonly wish: EngineWish;
  readonly onPaper: boolean;
  readonly masked: boolean;
  onWish(wish: EngineWish): void;
}

function ForEngine({ wish, onPaper, masked, onWish }: ForEngineProps): ReactNode {
  const say = useWords(WORDS);
  const { negative, fromPaper, strength } = wish;
  return (
    <>
      <TextField
        label={say('negative')}
        value={negative}
        onChange={(event) => onWish({ ...wish, negative: event.target.value })}
      />
      {onPaper && (
        <Switch label={say('fromPaper')} on={fromPaper} onSwitch={(on) => onWish({ ...wish, fromPaper: on })} />
      )}
      {onPaper && fromPaper && (
        <>
          <Slider
            label={say('howFar')}
            min={0.05}
            max={1}
            step={0.05}
            value={strength}
            onSlide={(value) => onWish({ ...wish, strength: value })}
          />
          {masked && <p className={styles.hint}>{say('onlyMask')}</p>}
        </>
      )}
    </>
  );
}

const isMasked = ({ strokes }: PanelsProps): boolean => strokes.some(({ tool }) => tool === 'mask');

/** The picture with the hand's strokes as a work, and the mask where one is marked. */
async function onThePaper(props: PanelsProps, name: string): Promise<readonly string[]> {
  const { id, width, height, strokes, picture } = props;
  const drawn = strokes.some(({ tool }) => tool !== 'mask');
  const begun =
    id !== undefined && !drawn ? id : await keepPng(await mergedPng(width, height, strokes, picture), `${name}.png`);
  return isMasked(props) ? [begun, await keepPng(await maskPng(width, height, strokes), 'mask.png')] : [begun];
}
