import { Rollout } from 'backstage-plugin-canary-common';
import { epochOf, formatDuration } from '../../format';
import { isRunning } from '../../live';
import { localeOf, Translate, useCanaryTranslation } from '../../translation';
import { EntityLink, Instant, RolloutLink } from '../shared';
import { Actor } from './Actor';
import { RolloutState } from './RolloutState';
import { Clamped } from './Clamped';
import { Traffic } from './Traffic';
import { Versions } from './Versions';
import { WorstMetric } from './WorstMetric';

interface RolloutCell {
  readonly title: (t: Translate) => string;
  readonly Cell: (props: { rollout: Rollout }) => JSX.Element;
  /** Its share of a wide table; what has none takes what is left. */
  readonly width?: string;
}

/** Names one thing that a list says of each rollout. */
export type RolloutColumn =
  | 'state'
  | 'entity'
  | 'version'
  | 'traffic'
  | 'worst'
  | 'by'
  | 'started'
  | 'took';

/** What a list of rollouts can say about each. */
export const rolloutCells: Readonly<Record<RolloutColumn, RolloutCell>> = {
  state: {
    title: t => t('history.columnState'),
    Cell: RolloutState,
  },
  entity: {
    width: '16%',
    title: t => t('history.columnEntity'),
    Cell: ({ rollout }) => (
      <Clamped>
        <EntityLink entityRef={rollout.entityRef} />
      </Clamped>
    ),
  },
  version: {
    width: '13%',
    title: t => t('history.columnVersion'),
    Cell: ({ rollout }) => <Versions images={rollout.images} />,
  },
  traffic: {
    width: '15%',
    title: t => t('history.columnTraffic'),
    Cell: Traffic,
  },
  worst: {
    width: '12%',
    title: t => t('history.columnWorst'),
    Cell: WorstMetric,
  },
  by: {
    width: '12%',
    title: t => t('history.columnBy'),
    Cell: ({ rollout }) => (
      <Clamped>
        <Actor actor={rollout.startedBy} />
      </Clamped>
    ),
  },
  started: {
    width: '12%',
    title: t => t('history.columnStarted'),
    Cell: ({ rollout }) => (
      <RolloutLink id={rollout.id}>
        <Instant iso={rollout.startedAt} />
      </RolloutLink>
    ),
  },
  took: { width: '8%', title: t => t('history.columnTook'), Cell: Took },
};

function Took({ rollout }: { rollout: Rollout }) {
  const { t } = useCanaryTranslation();
  const from = epochOf(rollout.startedAt);
  const to = epochOf(rollout.finishedAt);
  if (from === undefined || to === undefined) {
    return (
      <>{isRunning(rollout) ? t('history.running') : t('value.unknown')}</>
    );
  }
  return <>{formatDuration(to - from, localeOf(t))}</>;
}
