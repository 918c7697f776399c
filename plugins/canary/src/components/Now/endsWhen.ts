import { Hold } from 'backstage-plugin-canary-common';
import { Translate } from '../../translation';

/** What has to happen for a hold to end well, behind `ends when`. */
export function endsWhen(t: Translate, { endsBy, reason }: Hold): string {
  return endsBy === 'time' || endsBy === 'data'
    ? t(`holdEnds.${endsBy}`)
    : t(`holdEnds.${reason}`);
}
