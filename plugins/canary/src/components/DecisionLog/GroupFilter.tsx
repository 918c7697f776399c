import Chip from '@material-ui/core/Chip';
import { makeStyles } from '@material-ui/core/styles';
import { RolloutEvent } from 'backstage-plugin-canary-common';
import { useCanaryTranslation } from '../../translation';
import {
  EVENT_GROUPS,
  EventGroup,
  groupAppearances,
  groupOf,
} from './eventGroups';

const useStyles = makeStyles(theme => ({
  root: {
    display: 'flex',
    flexWrap: 'wrap',
    gap: theme.spacing(1),
    margin: theme.spacing(1, 0),
    '& .MuiChip-root': { margin: 0 },
  },
}));

/** Chooses what kinds of entries are listed; nothing chosen lists all. */
export function GroupFilter(props: {
  events: readonly RolloutEvent[];
  chosen: ReadonlySet<EventGroup>;
  onChange: (chosen: ReadonlySet<EventGroup>) => void;
}) {
  const { events, chosen, onChange } = props;
  const classes = useStyles();
  const { t } = useCanaryTranslation();
  const toggle = (group: EventGroup) => {
    const next = new Set(chosen);
    if (!next.delete(group)) next.add(group);
    onChange(next);
  };
  return (
    <div role="group" aria-label={t('log.filter')} className={classes.root}>
      {EVENT_GROUPS.map(group => {
        const number = events.filter(e => groupOf(e.kind) === group).length;
        const { Icon } = groupAppearances[group];
        const pressed = chosen.has(group);
        return (
          <Chip
            key={group}
            component="button"
            clickable
            size="small"
            icon={<Icon aria-hidden />}
            color={pressed ? 'primary' : 'default'}
            variant={pressed ? 'default' : 'outlined'}
            aria-pressed={pressed}
            disabled={number === 0 && !pressed}
            label={`${t(`log.group.${group}`)} (${number})`}
            onClick={() => toggle(group)}
          />
        );
      })}
    </div>
  );
}
