import { Hold, Rollout, waitsForPerson } from 'backstage-plugin-canary-common';
import { describeRef } from '../../format';
import { Translate } from '../../translation';

/** Why a hold waits, in a few words that fit behind a colon. */
export function holdWords(t: Translate, rollout: Rollout, hold: Hold): string {
  const { params = {} } = stepOf(rollout);
  switch (hold.reason) {
    case 'Approval': {
      const inPlan = Array.isArray(params.by) ? params.by : [];
      const by = hold.approvers ?? inPlan;
      return by.length > 0
        ? t('holdWords.approval', {
            by: by.map(each => describeRef(String(each))).join(t('now.or')),
          })
        : withoutEnd(hold.message);
    }
    case 'StepPause':
      return waitsForPerson(hold)
        ? t('holdWords.pauseUntilPromoted')
        : t('holdWords.plannedPause');
    // Their messages say it all, the reason's own words would say it twice.
    case 'Manual':
    case 'NoData':
      return withoutEnd(hold.message);
    case 'Disrupted':
      return t('holdWords.disrupted', { what: withoutEnd(hold.message) });
    default:
      return `${t(`hold.${hold.reason}`)}: ${withoutEnd(hold.message)}`;
  }
}

/** A message as part of a sentence. */
export function withoutEnd(message: string): string {
  return message.trim().replace(/\.$/, '');
}

/** The plan's own words on the step that a rollout is at; nothing at the gate. */
function stepOf({ plan, step }: Rollout) {
  return plan.steps[step.index] ?? {};
}
