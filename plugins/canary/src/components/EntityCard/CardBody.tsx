import { ReactNode } from 'react';
import { makeStyles } from '@material-ui/core/styles';
import { Rollout } from 'backstage-plugin-canary-common';
import { formatWeight } from '../../format';
import { isRunning } from '../../live';
import { localeOf, useCanaryTranslation } from '../../translation';
import { Actor, AttentionMark, Versions } from '../History';
import { lastEnd, phaseSentence } from '../Now';
import { Countdown, PhaseLabel, RelativeTime, RolloutLink } from '../shared';

const useStyles = makeStyles(theme => ({
  root: {
    ...theme.typography.body2,
    display: 'grid',
    gap: theme.spacing(1),
    minWidth: 0,
  },
  words: {
    display: 'flex',
    flexWrap: 'wrap',
    alignItems: 'center',
    columnGap: theme.spacing(1.5),
  },
  sentence: { overflowWrap: 'anywhere', unicodeBidi: 'isolate' },
  facts: {
    display: 'grid',
    gridTemplateColumns: 'max-content minmax(0, 1fr)',
    gap: theme.spacing(0.5, 2),
    margin: 0,
    '& dt': { color: theme.palette.text.secondary },
    '& dd': { margin: 0, overflowWrap: 'anywhere' },
  },
}));

/** Where a rollout is and why, what comes next, and how the one before ended. */
export function CardBody(props: {
  rollout: Rollout;
  /** The latest other one that has ended. */
  last?: Rollout;
}) {
  const { rollout, last } = props;
  const classes = useStyles();
  const { t } = useCanaryTranslation();
  const running = isRunning(rollout);
  const [gravest] = rollout.holds;
  const nextCheck = rollout.waitingFor?.nextCheckAt;
  const facts: [string, ReactNode][] = [
    [t('card.version'), <Versions images={rollout.images} />],
    [
      t('card.traffic'),
      running &&
        t('weight.observed', {
          weight:
            formatWeight(rollout.weight.observed, localeOf(t)) ??
            t('value.unknown'),
        }),
    ],
    [
      t('card.waitEnds'),
      gravest?.until &&
        t(`now.${lastEnd(rollout, gravest)}`, {
          when: <Countdown until={gravest.until} />,
        }),
    ],
    [
      t('card.nextCheck'),
      running && nextCheck && <Countdown until={nextCheck} />,
    ],
    [
      t('card.startedBy'),
      <span className={classes.words}>
        <span>
          <Actor actor={rollout.startedBy} />
        </span>
        <RelativeTime iso={rollout.startedAt} />
      </span>,
    ],
    [
      t('card.last'),
      last && (
        <span className={classes.words}>
          <PhaseLabel phase={last.phase} />
          <RolloutLink id={last.id}>
            <RelativeTime iso={last.finishedAt ?? last.startedAt} />
          </RolloutLink>
        </span>
      ),
    ],
  ];
  return (
    <div className={classes.root}>
      <div>
        <div role="status" className={classes.words}>
          <PhaseLabel phase={rollout.phase} />
          {rollout.needsAttention && <AttentionMark />}
        </div>
        <div className={classes.sentence}>{phaseSentence(t, rollout)}</div>
      </div>
      <dl className={classes.facts}>
        {facts
          .filter(([, words]) => words)
          .map(([name, words]) => [
            <dt key={name}>{name}</dt>,
            <dd key={`${name} words`}>{words}</dd>,
          ])}
      </dl>
    </div>
  );
}
