import { Hold, isEnded, Rollout } from 'backstage-plugin-canary-common';
import { useCanaryTranslation } from '../../translation';
import { Countdown, Elapsed } from '../shared';
import { lastEnd } from './lastEnd';

/** Behind the words of a wait: how it ends and when, or how long it has lasted. */
export function HoldClock(props: {
  rollout: Rollout;
  /** Which wait; the gravest by default. */
  hold?: Hold;
}) {
  const { rollout, hold = rollout.holds[0] } = props;
  const { t } = useCanaryTranslation();
  if (!hold || isEnded(rollout.phase) || rollout.outcome) return null;
  if (!hold.until) {
    return <>, {t('now.for', { duration: <Elapsed since={hold.since} /> })}</>;
  }
  const when = <Countdown until={hold.until} />;
  return <>, {t(`now.${lastEnd(rollout, hold)}`, { when })}</>;
}
