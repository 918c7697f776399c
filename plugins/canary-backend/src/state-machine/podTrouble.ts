import { DeploymentView } from '../rollout';

/**
 * Why pods of a Deployment are missing, without its full stop; undefined where
 * nothing is known. What a person can mend comes before what may only take time.
 */
export function podTrouble({
  problems,
  stuck,
}: DeploymentView): string | undefined {
  const said = problems.map(({ pod, message, reason }) => ({
    reason,
    sentence: `${pod}: ${message}`,
  }));
  return (
    said.find(({ reason }) => reason !== 'NotReady')?.sentence ??
    stuck ??
    said[0]?.sentence
  );
}
