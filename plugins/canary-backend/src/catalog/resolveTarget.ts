import { Entity, stringifyEntityRef } from '@backstage/catalog-model';
import { InputError, NotFoundError } from '@backstage/errors';
import {
  CANARY_CLUSTER_ANNOTATION,
  CANARY_WORKLOAD_ANNOTATION,
} from 'backstage-plugin-canary-common';
import { RolloutTarget } from '../rollout';
import {
  isDnsLabel,
  isDnsSubdomain,
  isLabelSelector,
  isLabelValue,
} from './kubernetesNames';
import { quoted } from './quoted';

const KUBERNETES_ID = 'backstage.io/kubernetes-id';
const KUBERNETES_LABEL_SELECTOR = 'backstage.io/kubernetes-label-selector';
const KUBERNETES_NAMESPACE = 'backstage.io/kubernetes-namespace';
const KUBERNETES_CLUSTER = 'backstage.io/kubernetes-cluster';

/** The label of our own canary Deployments, which are never a target. */
const OURS = 'canary/rollout';

/** Reads the Deployments of a namespace that a label selector finds. */
export type ListDeployments = (
  cluster: string,
  namespace: string,
  labelSelector: string,
) => Promise<
  readonly {
    readonly metadata: {
      readonly name: string;
      readonly labels?: Readonly<Record<string, string>>;
    };
  }[]
>;

/** What `resolveTarget` needs to know of the world. */
export interface TargetContext {
  readonly clusterNames: readonly string[];
  readonly listDeployments: ListDeployments;
}

/** The annotations of an entity, each read with its own check. */
class Annotated {
  readonly ref: string;
  private readonly name: string;
  private readonly annotations: Readonly<Record<string, string>>;

  constructor(entity: Entity) {
    this.ref = stringifyEntityRef(entity);
    this.name = entity.metadata.name;
    this.annotations = entity.metadata.annotations ?? {};
  }

  workload(): string | undefined {
    const value = this.annotations[CANARY_WORKLOAD_ANNOTATION];
    if (value === undefined) return undefined;
    const [kind, name, ...rest] = value.split('/');
    if (name === undefined || rest.length > 0 || !isDnsSubdomain(name)) {
      throw this.wrong(
        CANARY_WORKLOAD_ANNOTATION,
        `write deployment/<name of the Deployment>`,
      );
    }
    if (kind.toLocaleLowerCase('en-US') !== 'deployment') {
      throw this.wrong(
        CANARY_WORKLOAD_ANNOTATION,
        `only Deployments can be rolled out; write deployment/<name>`,
      );
    }
    return name;
  }

  labelSelector(): string | undefined {
    const selector = this.annotations[KUBERNETES_LABEL_SELECTOR];
    if (selector !== undefined) {
      if (isLabelSelector(selector)) return selector;
      throw this.wrong(
        KUBERNETES_LABEL_SELECTOR,
        'write a label selector such as app=checkout',
      );
    }
    const id = this.annotations[KUBERNETES_ID];
    if (id === undefined) return undefined;
    if (isLabelValue(id)) return `${KUBERNETES_ID}=${id}`;
    throw this.wrong(KUBERNETES_ID, 'write the value of a Kubernetes label');
  }

  namespace(): string {
    const value = this.annotations[KUBERNETES_NAMESPACE] ?? 'default';
    if (isDnsLabel(value)) return value;
    throw this.wrong(
      KUBERNETES_NAMESPACE,
      'write the name of a Kubernetes namespace',
    );
  }

  cluster(known: readonly string[]): string {
    const annotation =
      CANARY_CLUSTER_ANNOTATION in this.annotations
        ? CANARY_CLUSTER_ANNOTATION
        : KUBERNETES_CLUSTER;
    const value = this.annotations[annotation];
    if (known.length === 0) {
      throw new InputError(
        'No cluster is configured; an administrator adds one to canary.clusters in app-config.yaml',
      );
    }
    if (value !== undefined) {
      if (known.includes(value)) return value;
      throw this.wrong(
        annotation,
        `the configured clusters are ${known.join(', ')}`,
      );
    }
    if (known.length === 1) return known[0];
    throw new InputError(
      `${
        this.ref
      } does not say its cluster; set the annotation ${CANARY_CLUSTER_ANNOTATION} to one of ${known.join(
        ', ',
      )}`,
    );
  }

  /** For an entity that says nothing yet: the YAML to paste. */
  howTo(): string {
    return [
      `${this.ref} does not say which workload it is; add this to its catalog-info.yaml:`,
      'metadata:',
      '  annotations:',
      `    ${KUBERNETES_NAMESPACE}: default`,
      `    ${CANARY_WORKLOAD_ANNOTATION}: deployment/${this.name}`,
    ].join('\n');
  }

  private wrong(annotation: string, advice: string): InputError {
    const value = quoted(this.annotations[annotation]);
    return new InputError(
      `The annotation ${annotation} of ${this.ref} is ${value}; ${advice}`,
    );
  }
}

/**
 * Finds the workload that an entity is about, by its annotations.
 *
 * `canary/workload` names it directly; otherwise the label selector or the id
 * that the Kubernetes plugin uses must find exactly one Deployment. Throws
 * `InputError` with what to write where the annotations do not say enough, and
 * `NotFoundError` where they find nothing. A Deployment that is named directly
 * is not looked up here: reading its state for the start does that.
 */
export async function resolveTarget(
  entity: Entity,
  { clusterNames, listDeployments }: TargetContext,
): Promise<RolloutTarget> {
  const annotated = new Annotated(entity);
  const workload = annotated.workload();
  const labelSelector = annotated.labelSelector();
  if (!workload && !labelSelector) throw new InputError(annotated.howTo());

  const cluster = annotated.cluster(clusterNames);
  const namespace = annotated.namespace();
  const at = { cluster, namespace, kind: 'Deployment' as const };
  if (workload) return { ...at, name: workload };

  const found = await listDeployments(cluster, namespace, labelSelector!);
  const names = found
    .filter(({ metadata }) => metadata.labels?.[OURS] === undefined)
    .map(({ metadata }) => metadata.name)
    .sort();
  const where = `${quoted(
    labelSelector!,
  )} in namespace ${namespace} of cluster ${cluster}`;
  if (names.length === 0) {
    throw new NotFoundError(
      `No Deployment matches ${where}; check the annotations of ${annotated.ref} or name it with ${CANARY_WORKLOAD_ANNOTATION}: deployment/<name>`,
    );
  }
  if (names.length > 1) {
    throw new InputError(
      `${names.length} Deployments match ${where}: ${names.join(
        ', ',
      )}; say which one with the annotation ${CANARY_WORKLOAD_ANNOTATION}: deployment/${
        names[0]
      } on ${annotated.ref}`,
    );
  }
  return { ...at, name: names[0] };
}
