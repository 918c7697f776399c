import { Hold } from 'backstage-plugin-canary-common';
import { Translate } from '../../translation';

/** What has to happen for a hold to end well, behind `ends when`. */
export function endsWhen(t: Translate, { endsBy, reason }: Hold): string {
  // Of what ends by what is observed, pods have words of their own.
  const isOfItself =
    endsBy === 'time' || (endsBy === 'data' && reason !== 'Disrupted');
  return isOfItself ? t(`holdEnds.${endsBy}`) : t(`holdEnds.${reason}`);
}
