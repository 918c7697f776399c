import { Images } from 'backstage-plugin-canary-common';
import { QueryArgument } from 'backstage-plugin-canary-node';
import { RolloutState } from '../../rollout';
import { QueryArguments } from './queryTemplate';

/** The two versions that a measurement compares. */
export type Arm = 'canary' | 'stable';

/** Kubernetes cuts a pod's generated name to this before it adds five characters. */
const LONGEST_GENERATED_BASE = 58;

/** A pod template hash is a 32 bit number in an alphabet of 27: at most ten characters. */
const LONGEST_HASH = 10;

/**
 * What a query may say of one arm. `pods` and `podTemplateHash` are left out
 * where they are not known, so that a query which needs them gives no data
 * rather than somebody else's.
 */
export function armArguments(
  rollout: RolloutState,
  arm: Arm,
  names: {
    /** Name of this arm's Deployment. */
    readonly workload: string;
    /** Name of the Service that selects this arm's pods. */
    readonly service: string;
    /** The `pod-template-hash` label of this arm's pods, where it has been read. */
    readonly podTemplateHash?: string;
  },
): QueryArguments {
  const { workload, service, podTemplateHash } = names;
  const pods = podPattern(workload, podTemplateHash);
  const version = versionOf(rollout.images, arm);
  return {
    cluster: text(rollout.target.cluster),
    namespace: text(rollout.target.namespace),
    workload: text(workload),
    service: text(service),
    ...(podTemplateHash && { podTemplateHash: text(podTemplateHash) }),
    ...(pods && { pods: { type: 'pattern', value: pods } }),
    ...(version && { version: text(version) }),
  };
}

/**
 * What a query may say of the stable's workload in the past: its pods whatever
 * their hash, and nothing that the version of today would tell.
 */
export function pastArguments(
  rollout: RolloutState,
  names: { readonly workload: string; readonly service: string },
): QueryArguments {
  const { version: _, ...known } = armArguments(rollout, 'stable', names);
  return known;
}

function text(value: string): QueryArgument {
  return { type: 'string', value };
}

/**
 * An anchored pattern of the names `<deployment>-<hash>-<5 characters>`: the
 * dashes tell `checkout-7c9…-x` from `checkout-canary-5f2…-x`. Undefined where
 * the name is so long that Kubernetes may have cut the hash away.
 */
export function podPattern(
  deployment: string,
  podTemplateHash?: string,
): string | undefined {
  const hashLength = podTemplateHash?.length ?? LONGEST_HASH;
  const base = `${deployment}-`.length + hashLength + '-'.length;
  if (base > LONGEST_GENERATED_BASE) return undefined;
  const hash = podTemplateHash
    ? escapePattern(podTemplateHash)
    : `[a-z0-9]{1,${LONGEST_HASH}}`;
  return `^${escapePattern(deployment)}-${hash}-[a-z0-9]{5}$`;
}

/** Escapes what RE2 and PCRE alike read as syntax. */
function escapePattern(literal: string): string {
  return literal.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&');
}

/** Tag or digest of the first image that the two arms do not share. */
function versionOf(
  images: RolloutState['images'],
  arm: Arm,
): string | undefined {
  const changed = Object.keys(images.canary)
    .sort()
    .find(container => images.canary[container] !== images.stable[container]);
  const side: Images = images[arm];
  const image = changed === undefined ? Object.values(side)[0] : side[changed];
  if (image === undefined) return undefined;
  const digest = image.split('@')[1];
  if (digest) return digest;
  const tag = /:([^:/]+)$/.exec(image);
  return tag ? tag[1] : 'latest';
}
