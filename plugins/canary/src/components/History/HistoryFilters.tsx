import { FormEvent, useId, useState } from 'react';
import Button from '@material-ui/core/Button';
import { makeStyles } from '@material-ui/core/styles';
import TextField from '@material-ui/core/TextField';
import { useCanaryTranslation } from '../../translation';
import { actorNamed, HistoryFilter, RESULTS } from './useHistoryFilter';

const useStyles = makeStyles(theme => ({
  root: {
    display: 'flex',
    flexWrap: 'wrap',
    alignItems: 'flex-start',
    gap: theme.spacing(2),
    marginBottom: theme.spacing(2),
  },
  field: { minWidth: 160 },
  reset: { alignSelf: 'center' },
}));

/** Narrows a history by how rollouts ended and by who started them. */
export function HistoryFilters(props: {
  filter: HistoryFilter;
  onChange: (filter: HistoryFilter) => void;
  /** Who to offer; anybody else can be written. */
  actors: readonly string[];
}) {
  const { filter, onChange, actors } = props;
  const classes = useStyles();
  const { t } = useCanaryTranslation();
  const id = useId();
  const [by, setBy] = useState(filter.by ?? '');
  const words = {
    running: t('history.resultRunning'),
    Succeeded: t('phase.Succeeded'),
    RolledBack: t('phase.RolledBack'),
  };

  const ask = (name: string) => {
    const actor = actorNamed(name);
    setBy(actor ?? '');
    if (actor !== filter.by) onChange({ ...filter, by: actor });
  };
  const onSubmit = (event: FormEvent) => {
    event.preventDefault();
    ask(by);
  };
  return (
    <form className={classes.root} onSubmit={onSubmit}>
      <TextField
        id={`${id}-result`}
        select
        className={classes.field}
        label={t('history.filterResult')}
        value={filter.result ?? ''}
        onChange={({ target }) =>
          onChange({
            ...filter,
            result: RESULTS.find(result => result === target.value),
          })
        }
        SelectProps={{ native: true }}
        InputLabelProps={{ shrink: true }}
        variant="outlined"
        size="small"
      >
        <option value="">{t('history.resultAny')}</option>
        {RESULTS.map(result => (
          <option key={result} value={result}>
            {words[result]}
          </option>
        ))}
      </TextField>
      <TextField
        id={`${id}-by`}
        className={classes.field}
        label={t('history.filterBy')}
        placeholder={t('history.filterByHelp')}
        value={by}
        onChange={({ target }) => {
          setBy(target.value);
          // Chosen from the list: nobody has to press a key after that.
          if (actors.includes(target.value)) ask(target.value);
        }}
        onBlur={() => ask(by)}
        inputProps={{ list: `${id}-actors` }}
        InputLabelProps={{ shrink: true }}
        variant="outlined"
        size="small"
      />
      <datalist id={`${id}-actors`}>
        {actors.map(actor => (
          <option key={actor} value={actor} />
        ))}
      </datalist>
      {(filter.result || filter.by) && (
        <Button
          className={classes.reset}
          size="small"
          onClick={() => {
            setBy('');
            onChange({});
          }}
        >
          {t('history.filterReset')}
        </Button>
      )}
    </form>
  );
}
