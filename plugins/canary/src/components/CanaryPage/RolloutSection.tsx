import { ReactNode } from 'react';
import { InfoCard } from '@backstage/core-components';
import {
  Phase,
  Rollout,
  RolloutSelection,
} from 'backstage-plugin-canary-common';
import { useRolloutPages } from '../../live';
import { localeOf, useCanaryTranslation } from '../../translation';
import { RolloutColumn, RolloutList } from '../History';

const PAGE_SIZE = 25;

/** One part of the page: its name, its number and its rollouts. */
export function RolloutSection(props: {
  title: string;
  help: string;
  none: string;
  icon?: ReactNode;
  /** How many there are; unknown while the figures are. */
  number?: number;
  query: RolloutSelection & { phase: readonly Phase[]; attention?: boolean };
  columns: readonly RolloutColumn[];
  only?: (rollout: Rollout) => boolean;
  className?: string;
}) {
  const { title, help, none, icon, number, query, columns, only } = props;
  const { t } = useCanaryTranslation();
  const pages = useRolloutPages({ ...query, limit: PAGE_SIZE });
  const heading =
    number === undefined
      ? title
      : t('page.heading', {
          title,
          number: number.toLocaleString(localeOf(t)),
        });
  return (
    <InfoCard
      className={props.className}
      title={
        <>
          {icon} {heading}
        </>
      }
      titleTypographyProps={{ component: 'h2' }}
      subheader={help}
    >
      <RolloutList
        pages={pages}
        columns={columns}
        caption={title}
        none={none}
        only={only}
      />
    </InfoCard>
  );
}
