import { KubernetesObject } from 'backstage-plugin-canary-node';
import { Labels, LabelSelector } from '../../kubernetes/objects/selectors';

/** A container, as far as it is looked at. */
export interface Container {
  readonly name: string;
  readonly image: string;
  /** `Always` makes a sidecar of an init container. */
  readonly restartPolicy?: string;
  readonly ports?: readonly { readonly hostPort?: number }[];
  readonly env?: readonly {
    readonly valueFrom?: {
      readonly configMapKeyRef?: { readonly name?: string };
      readonly secretKeyRef?: { readonly name?: string };
    };
  }[];
  readonly envFrom?: readonly {
    readonly configMapRef?: { readonly name?: string };
    readonly secretRef?: { readonly name?: string };
  }[];
}

/** A volume, as far as it is looked at. */
export interface Volume {
  readonly name: string;
  readonly configMap?: { readonly name?: string };
  readonly secret?: { readonly secretName?: string };
  readonly persistentVolumeClaim?: { readonly claimName: string };
  readonly projected?: {
    readonly sources?: readonly {
      readonly configMap?: { readonly name?: string };
      readonly secret?: { readonly name?: string };
    }[];
  };
}

/** A pod affinity term of whatever strength. */
export interface PodAffinityTerm {
  readonly labelSelector?: LabelSelector;
}

/** Affinity or anti-affinity between pods. */
export interface PodAffinity {
  readonly requiredDuringSchedulingIgnoredDuringExecution?: readonly PodAffinityTerm[];
  readonly preferredDuringSchedulingIgnoredDuringExecution?: readonly {
    readonly podAffinityTerm: PodAffinityTerm;
  }[];
}

/** A pod template; fields that nobody here looks at are carried along. */
export interface PodTemplate {
  readonly metadata?: {
    readonly labels?: Labels;
    readonly annotations?: Labels;
  };
  readonly spec: {
    readonly containers: readonly Container[];
    readonly initContainers?: readonly Container[];
    readonly volumes?: readonly Volume[];
    readonly hostNetwork?: boolean;
    readonly affinity?: {
      readonly podAffinity?: PodAffinity;
      readonly podAntiAffinity?: PodAffinity;
    };
    readonly topologySpreadConstraints?: readonly {
      readonly maxSkew?: number;
      readonly topologyKey?: string;
      readonly whenUnsatisfiable?: string;
      readonly labelSelector?: LabelSelector;
    }[];
  };
}

/** `spec` of a Deployment. */
export interface DeploymentSpec {
  readonly replicas?: number;
  readonly paused?: boolean;
  readonly selector: LabelSelector;
  readonly strategy?: { readonly type?: string };
  readonly template: PodTemplate;
}

/** `status` of a Deployment; every number is absent while it is 0. */
export interface DeploymentStatus {
  readonly observedGeneration?: number;
  readonly replicas?: number;
  readonly updatedReplicas?: number;
  readonly readyReplicas?: number;
  readonly availableReplicas?: number;
  readonly conditions?: readonly {
    readonly type: string;
    readonly status: string;
    readonly reason?: string;
    readonly message?: string;
  }[];
}

/** The spec of a Deployment as read from the API, which has validated it. */
export function specOf(deployment: KubernetesObject): DeploymentSpec {
  return deployment.spec as unknown as DeploymentSpec;
}
