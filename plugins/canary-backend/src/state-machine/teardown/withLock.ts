import { Desired } from '../../rollout';

/** The change that makes the lock present or absent; none in rollouts that began before there were locks. */
export function withLock(
  { lock }: Desired,
  wanted: 'absent' | 'present',
): Pick<Desired, 'lock'> {
  return lock === undefined ? {} : { lock: wanted };
}
