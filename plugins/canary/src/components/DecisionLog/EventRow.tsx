import { makeStyles } from '@material-ui/core/styles';
import { RolloutEvent } from 'backstage-plugin-canary-common';
import { useCanaryTranslation } from '../../translation';
import { Actor } from '../History';
import { Disclosure, Instant, ToneIcon } from '../shared';
import { EventInputs } from './EventInputs';
import { groupAppearances, groupOf } from './eventGroups';

const useStyles = makeStyles(theme => ({
  row: {
    position: 'relative',
    display: 'grid',
    gridTemplateColumns: 'auto minmax(0, 1fr)',
    columnGap: theme.spacing(2),
    paddingBottom: theme.spacing(1.5),
    // The line of time behind the icons.
    '&:not(:last-child)::before': {
      content: '""',
      position: 'absolute',
      left: 11,
      top: 26,
      bottom: 2,
      width: 2,
      background: theme.palette.divider,
    },
  },
  kind: { fontWeight: 700 },
  message: { overflowWrap: 'anywhere' },
  facts: {
    display: 'flex',
    flexWrap: 'wrap',
    alignItems: 'center',
    columnGap: theme.spacing(1.5),
    color: theme.palette.text.secondary,
    overflowWrap: 'anywhere',
  },
}));

/** One entry: what kind, what happened, when, by whom; its inputs on demand. */
export function EventRow({ event }: { event: RolloutEvent }) {
  const classes = useStyles();
  const { t } = useCanaryTranslation();
  const sequence = String(event.sequence);
  const hasInputs = Object.keys(event.data ?? {}).length > 0;
  return (
    <li className={classes.row}>
      <ToneIcon appearance={groupAppearances[groupOf(event.kind)]} />
      <div>
        <div className={classes.message}>
          <span className={classes.kind}>{t(`eventKind.${event.kind}`)}</span>{' '}
          {event.message}
        </div>
        <div className={classes.facts}>
          <Instant iso={event.at} />
          <span>
            {t('log.by')} <Actor actor={event.actor} />
          </span>
          {hasInputs && (
            <Disclosure
              show={t('log.showInputs')}
              hide={t('log.hideInputs')}
              showLabel={t('log.showInputsOf', { sequence })}
              hideLabel={t('log.hideInputsOf', { sequence })}
            >
              <EventInputs
                data={event.data}
                label={t('log.inputsOf', { sequence })}
              />
            </Disclosure>
          )}
        </div>
      </div>
    </li>
  );
}
