import { ReactNode } from 'react';
import { makeStyles } from '@material-ui/core/styles';
import CheckCircleIcon from '@material-ui/icons/CheckCircle';
import HotelIcon from '@material-ui/icons/Hotel';
import {
  Figures,
  isEnded,
  Phase,
  PHASES,
  Rollout,
  RolloutSelection,
} from 'backstage-plugin-canary-common';
import { Appearance, toneColor } from '../../icons';
import { useCanaryTranslation } from '../../translation';
import { attentionAppearance } from '../History';
import { ToneIcon } from '../shared';
import { Quiet } from './Quiet';
import { RolloutSection } from './RolloutSection';

const RUNNING = [
  'state',
  'entity',
  'version',
  'traffic',
  'by',
  'started',
] as const;
const ENDED = [
  'state',
  'entity',
  'version',
  'worst',
  'by',
  'started',
  'took',
] as const;

const CALM: Appearance = { Icon: CheckCircleIcon, tone: 'good' };
const RESTS: Appearance = { Icon: HotelIcon, tone: 'calm' };

const useStyles = makeStyles(theme => ({
  // A frame all around, and a thicker one where people begin to read.
  attention: {
    border: `1px solid ${toneColor(theme, attentionAppearance.tone)}`,
    borderLeftWidth: 6,
  },
}));

/**
 * The rollouts of a selection, each exactly once: what waits for a person,
 * what runs by itself, and, after `children`, what has ended. A chosen phase
 * leaves the parts that can have it.
 */
export function Sections(props: {
  query: RolloutSelection;
  phase?: Phase;
  figures?: Figures;
  children: ReactNode;
}) {
  const { query, phase, figures, children } = props;
  const classes = useStyles();
  const { t } = useCanaryTranslation();
  const chosen = phase ? [phase] : PHASES;
  const running = chosen.filter(each => !isEnded(each));
  const ended = chosen.filter(isEnded);
  // How many of one phase need a person, nobody counts.
  const attention = phase ? undefined : figures?.attention;
  const runningNone = attention ? t('page.othersNone') : t('page.runningNone');
  const runs = sumOf(figures, running);
  const calm =
    attention === undefined || runs === undefined
      ? undefined
      : Math.max(0, runs - attention);
  return (
    <>
      {running.length > 0 && (
        <>
          {attention === 0 ? (
            <Quiet appearance={CALM}>{t('page.attentionNone')}</Quiet>
          ) : (
            <RolloutSection
              title={t('page.attention')}
              help={t('page.attentionHelp')}
              none={t('page.attentionNone')}
              icon={<ToneIcon appearance={attentionAppearance} />}
              number={attention}
              className={figures && classes.attention}
              query={{ ...query, phase: running, attention: true }}
              columns={RUNNING}
            />
          )}
          {calm === 0 ? (
            <Quiet appearance={RESTS}>{runningNone}</Quiet>
          ) : (
            <RolloutSection
              title={t('page.running')}
              help={t('page.runningHelp')}
              none={runningNone}
              number={calm}
              query={{ ...query, phase: running }}
              columns={RUNNING}
              only={goesOnByItself}
            />
          )}
        </>
      )}
      {children}
      {ended.length > 0 && (
        <RolloutSection
          title={t('page.ended')}
          help={t('page.endedHelp')}
          none={t('page.endedNone')}
          number={sumOf(figures, ended)}
          query={{ ...query, phase: ended }}
          columns={ENDED}
        />
      )}
    </>
  );
}

function goesOnByItself({ needsAttention }: Rollout): boolean {
  return !needsAttention;
}

function sumOf(
  figures: Figures | undefined,
  phases: readonly Phase[],
): number | undefined {
  return (
    figures && phases.reduce((sum, phase) => sum + figures.phases[phase], 0)
  );
}
