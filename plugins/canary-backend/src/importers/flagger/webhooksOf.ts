import { Draft } from '../Draft';
import { SourceNode } from '../SourceNode';

/** Steps that a canary's webhooks became, by where they stand in the plan. */
export interface FlaggerWebhooks {
  /** Before the canary gets any traffic. */
  readonly first: readonly object[];
  /** After every weight, before it is looked at. */
  readonly perWeight: readonly object[];
  /** Before every weight but the first. */
  readonly beforeIncrease: readonly object[];
  /** After the last weight. */
  readonly last: readonly object[];
}

const APPROVAL = { approval: {} };

/** `analysis.webhooks` as steps, their addresses as `canary.webhooks`. */
export function webhooksOf(
  analysis: SourceNode,
  draft: Draft,
): FlaggerWebhooks {
  const first: object[] = [];
  const perWeight: object[] = [];
  const beforeIncrease: object[] = [];
  const last: object[] = [];
  for (const webhook of analysis.get('webhooks').items()) {
    const type = webhook.get('type').text() ?? 'rollout';
    switch (type) {
      case 'pre-rollout':
        first.push(callOf(webhook, draft));
        break;
      case 'rollout':
        perWeight.push(callOf(webhook, draft));
        break;
      case 'confirm-rollout':
      case 'confirm-traffic-increase':
      case 'confirm-promotion':
        webhook.note(
          'changed',
          'It asked an address until it agreed; here a person approves on the rollout’s page, whom approval: { by } may name.',
        );
        if (type === 'confirm-rollout') first.push(APPROVAL);
        else if (type === 'confirm-promotion') last.push(APPROVAL);
        else beforeIncrease.push(APPROVAL);
        break;
      default:
        webhook.note(
          'lost',
          `There is no step for ${type.slice(
            0,
            40,
          )}: the portal notifies the entity's owners, and its events tell others.`,
        );
    }
  }
  return { first, perWeight, beforeIncrease, last };
}

function callOf(webhook: SourceNode, draft: Draft): object {
  const title = webhook.get('name').text() ?? 'webhook';
  const url = webhook.get('url');
  const address = url.requiredText();
  if (!/^https?:\/\//i.test(address) || !URL.canParse(address))
    throw url.wrong('an address such as https://hooks.example/test');
  const name = draft.addWebhook(title, { url: address });
  url.note(
    'changed',
    'The portal calls it, once for the step, and a refusal takes the rollout back; see that it can reach the address.',
  );
  const metadata = webhook.get('metadata');
  metadata.entries();
  const body = metadata.json();
  return {
    webhook: {
      name,
      body: metadata.exists ? JSON.parse(JSON.stringify(body)) : undefined,
    },
  };
}
