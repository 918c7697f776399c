import { Plan } from 'backstage-plugin-canary-common';
import { Translate } from '../../translation';

/** What happens behind the steps that a plan names; one that only observes promotes nothing. */
export function impliedStep(
  t: Translate,
  kind: 'gate' | 'promotion' | 'restore',
  { observeOnly }: Pick<Plan, 'observeOnly'>,
): string {
  if (observeOnly && kind === 'gate') return t('steps.gateObserves');
  if (observeOnly && kind === 'promotion') return t('steps.nothingPromoted');
  return t(`steps.${kind}`);
}
