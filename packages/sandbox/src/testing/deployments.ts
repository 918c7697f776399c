import { ObjectDraft } from '../kubernetes-api';

/** A Deployment of one container, as small as the API takes it. */
export function deploymentOf(
  name: string,
  spec: Record<string, unknown> = {},
): ObjectDraft {
  return {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name },
    spec: {
      replicas: 2,
      selector: { matchLabels: { app: name } },
      template: templateOf(name, `shop/${name}:v1`),
      ...spec,
    },
  };
}

/** A pod template with that image. */
export function templateOf(name: string, image: string) {
  return {
    metadata: { labels: { app: name } },
    spec: { containers: [{ name: 'app', image }] },
  };
}
