import { useState } from 'react';
import { InfoCard } from '@backstage/core-components';
import Button from '@material-ui/core/Button';
import { makeStyles } from '@material-ui/core/styles';
import Typography from '@material-ui/core/Typography';
import { Rollout, RolloutEvent } from 'backstage-plugin-canary-common';
import { describeError } from '../../format';
import { Followed } from '../../live/useFollow';
import { useCanaryTranslation } from '../../translation';
import { AuditCheck } from './AuditCheck';
import { EventGroup, groupOf } from './eventGroups';
import { EventRow } from './EventRow';
import { GroupFilter } from './GroupFilter';

const PAGE_SIZE = 20;

const useStyles = makeStyles(theme => ({
  list: { listStyle: 'none', margin: 0, padding: 0 },
  more: {
    display: 'flex',
    alignItems: 'center',
    gap: theme.spacing(2),
    marginTop: theme.spacing(1),
  },
}));

/** What happened in a rollout and why, the newest first, page by page. */
export function DecisionLog(props: {
  rollout: Rollout;
  events: Followed<readonly RolloutEvent[]>;
}) {
  const { rollout } = props;
  const { value: events, loaded, error } = props.events;
  const classes = useStyles();
  const { t } = useCanaryTranslation();
  const [shown, setShown] = useState(PAGE_SIZE);
  const [chosen, setChosen] = useState<ReadonlySet<EventGroup>>(new Set());
  const listed =
    chosen.size === 0
      ? events
      : events.filter(({ kind }) => chosen.has(groupOf(kind)));
  return (
    <InfoCard
      title={t('log.title')}
      titleTypographyProps={{ component: 'h2' }}
      subheader={t('log.subtitle')}
    >
      {error && (
        <Typography role="alert">
          {t('log.error', { message: describeError(error).message })}
        </Typography>
      )}
      {loaded && events.length === 0 && (
        <Typography color="textSecondary">{t('log.none')}</Typography>
      )}
      {events.length > 0 && (
        <>
          <AuditCheck key={rollout.id} rollout={rollout} />
          <GroupFilter events={events} chosen={chosen} onChange={setChosen} />
        </>
      )}
      <ol className={classes.list} aria-label={t('log.title')}>
        {listed.slice(0, shown).map(event => (
          <EventRow key={event.sequence} event={event} />
        ))}
      </ol>
      {listed.length > shown && (
        <div className={classes.more}>
          <Button
            variant="outlined"
            onClick={() => setShown(shown + PAGE_SIZE)}
          >
            {t('log.more')}
          </Button>
          <Typography color="textSecondary" variant="body2">
            {t('log.count', {
              shown: String(shown),
              total: String(listed.length),
            })}
          </Typography>
        </div>
      )}
    </InfoCard>
  );
}
