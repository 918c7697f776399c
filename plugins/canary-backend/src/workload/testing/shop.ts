import { NO_EXPOSURE } from 'backstage-plugin-canary-common';
import { KubernetesObject } from 'backstage-plugin-canary-node';
import { Desired, RolloutState } from '../../rollout';
import { PodTemplate } from '../manifests/manifests';
import { templateHash } from '../manifests/templateHash';

type Overrides = Readonly<Record<string, unknown>>;

const NAMESPACE = 'shop';

/** The pod template of `shop/checkout`, one container and a proxy beside it. */
export function checkoutTemplate(overrides: Overrides = {}): PodTemplate {
  return {
    metadata: {
      labels: { app: 'checkout', tier: 'web' },
      annotations: { 'prometheus.io/scrape': 'true' },
    },
    spec: {
      containers: [
        { name: 'checkout', image: 'shop/checkout:v1' },
        { name: 'proxy', image: 'shop/proxy:v7' },
      ],
      ...overrides,
    },
  };
}

/** Deployment `shop/checkout` with four pods, fully rolled out. */
export function checkoutDeployment(
  spec: Overrides = {},
  metadata: Overrides = {},
): KubernetesObject {
  const replicas = (spec.replicas as number | undefined) ?? 4;
  return {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: {
      name: 'checkout',
      namespace: NAMESPACE,
      uid: 'uid-stable',
      ...metadata,
    },
    spec: {
      replicas: 4,
      selector: { matchLabels: { app: 'checkout' } },
      strategy: { type: 'RollingUpdate' },
      template: checkoutTemplate(),
      ...spec,
    },
    status: {
      observedGeneration: 1,
      replicas,
      updatedReplicas: replicas,
      readyReplicas: replicas,
      availableReplicas: replicas,
    },
  } as unknown as KubernetesObject;
}

/** Service `shop/checkout`. */
export function checkoutService(
  name = 'checkout',
  selector: Readonly<Record<string, string>> = { app: 'checkout' },
  spec: Overrides = {},
): KubernetesObject {
  return {
    apiVersion: 'v1',
    kind: 'Service',
    metadata: { name, namespace: NAMESPACE },
    spec: {
      selector,
      ports: [{ name: 'http', port: 80, targetPort: 8080 }],
      ...spec,
    },
  } as KubernetesObject;
}

/** HPA `shop/checkout` of 2 to 10 pods. */
export function checkoutHpa(spec: Overrides = {}): KubernetesObject {
  return {
    apiVersion: 'autoscaling/v1',
    kind: 'HorizontalPodAutoscaler',
    metadata: { name: 'checkout', namespace: NAMESPACE },
    spec: {
      scaleTargetRef: { kind: 'Deployment', name: 'checkout' },
      minReplicas: 2,
      maxReplicas: 10,
      ...spec,
    },
  } as KubernetesObject;
}

/** A pod with these labels and this status. */
export function podOf(
  name: string,
  labels: Readonly<Record<string, string>>,
  status: Overrides = {},
): KubernetesObject {
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name, namespace: NAMESPACE, labels },
    status: { phase: 'Running', ...status },
  } as KubernetesObject;
}

/** Rollout r1 of `shop/checkout` from v1 to v2, desiring what the test is about. */
export function checkoutRollout(
  desired: Partial<Desired> = {},
  overrides: Partial<RolloutState> = {},
): RolloutState {
  const state: Partial<RolloutState> = {
    id: 'r1',
    target: {
      cluster: 'blue',
      namespace: NAMESPACE,
      kind: 'Deployment',
      name: 'checkout',
    },
    plan: { acceptCapacityRisk: false } as RolloutState['plan'],
    images: {
      stable: { checkout: 'shop/checkout:v1' },
      canary: { checkout: 'shop/checkout:v2' },
    },
    phase: 'Initializing',
    desired: {
      canary: 'present',
      replicas: 1,
      backend: 'absent',
      exposure: NO_EXPOSURE,
      stable: 'untouched',
      hpaFloor: false,
      ...desired,
    },
    startSnapshot: {
      uid: 'uid-stable',
      templateHash: templateHash(checkoutTemplate()),
      replicas: 4,
      hpa: { name: 'checkout', minReplicas: 2, heldFloor: 4 },
      configuration: {},
    },
    traffic: { stableService: 'checkout', original: {} },
    ...overrides,
  };
  return state as RolloutState;
}
