import { FromEnvironment } from './Draft';
import { SourceNode } from './SourceNode';

/**
 * Address of a server as `canary.metricSources` has it. Where the source names
 * none that is one, the portal's environment must.
 */
export function addressOf(
  node: SourceNode,
  text: string | undefined,
  variable: string,
): string | FromEnvironment {
  const address = text?.trim() ?? '';
  const whole = /^https?:\/\//i.test(address) ? address : `http://${address}`;
  if (address && !/[{}\s]/.test(address) && URL.canParse(whole)) {
    node.note(
      'check',
      'The portal asks this address, not the cluster; see that it can reach it, and add what it needs to be let in.',
    );
    return whole;
  }
  node.note(
    'check',
    `It is no whole address; set ${variable} in the portal's environment.`,
  );
  return new FromEnvironment(variable);
}
