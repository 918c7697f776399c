import { Desired } from '../../rollout';

/** The change that makes a fresh baseline present or absent; none where the plan compares with none. */
export function withFreshBaseline(
  { freshBaseline }: Desired,
  wanted: 'absent' | 'present',
): Pick<Desired, 'freshBaseline'> {
  return freshBaseline === undefined ? {} : { freshBaseline: wanted };
}
