import { useId, useState } from 'react';
import Button from '@material-ui/core/Button';
import Chip from '@material-ui/core/Chip';
import { makeStyles } from '@material-ui/core/styles';
import { RolloutEvent } from 'backstage-plugin-canary-common';
import { useCanaryTranslation } from '../../translation';
import { Instant } from '../Words';
import { EventInputs } from './EventInputs';

const useStyles = makeStyles(theme => ({
  row: {
    padding: theme.spacing(1, 0),
    borderBottom: `1px solid ${theme.palette.divider}`,
  },
  line: {
    display: 'grid',
    gridTemplateColumns: '7.5rem minmax(0, 1fr) auto',
    columnGap: theme.spacing(2),
    alignItems: 'start',
    [theme.breakpoints.down('xs')]: {
      gridTemplateColumns: 'minmax(0, 1fr)',
    },
  },
  message: { overflowWrap: 'anywhere' },
  facts: { color: theme.palette.text.secondary, overflowWrap: 'anywhere' },
  chip: { margin: 0, justifySelf: 'start' },
  toggle: { justifySelf: 'start' },
}));

/** One entry: what kind, what happened, when, by whom; its inputs on demand. */
export function EventRow({ event }: { event: RolloutEvent }) {
  const classes = useStyles();
  const { t } = useCanaryTranslation();
  const [open, setOpen] = useState(false);
  const inputsId = useId();
  const sequence = String(event.sequence);
  const actor = event.actor === 'system' ? t('log.system') : event.actor;
  const hasInputs = Object.keys(event.data ?? {}).length > 0;
  return (
    <li className={classes.row}>
      <div className={classes.line}>
        <Chip
          size="small"
          variant="outlined"
          className={classes.chip}
          label={t(`eventKind.${event.kind}`)}
        />
        <div>
          <div className={classes.message}>{event.message}</div>
          <div className={classes.facts}>
            <Instant iso={event.at} /> {t('log.by', { actor })}
          </div>
        </div>
        {hasInputs && (
          <Button
            size="small"
            className={classes.toggle}
            aria-expanded={open}
            aria-controls={inputsId}
            aria-label={
              open
                ? t('log.hideInputsOf', { sequence })
                : t('log.showInputsOf', { sequence })
            }
            onClick={() => setOpen(!open)}
          >
            {open ? t('log.hideInputs') : t('log.showInputs')}
          </Button>
        )}
      </div>
      <div id={inputsId}>
        {open && (
          <EventInputs
            data={event.data}
            label={t('log.inputsOf', { sequence })}
          />
        )}
      </div>
    </li>
  );
}
