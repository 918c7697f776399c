import { isDeepStrictEqual } from 'node:util';
import { JsonObject } from 'backstage-plugin-canary-common';
import {
  KubernetesObject,
  refOf,
  stringifyObjectRef,
} from 'backstage-plugin-canary-node';
import { asList, asObject, asObjects } from '../../json';

/** Which gateways had the route at a start, as it stands in a rollout's record. */
export interface RecordedAcceptance {
  /** Whether anybody reported on the route at all. */
  readonly reported: boolean;
  /** Keys of the reports that accepted the route; absent in records of before they were told apart. */
  readonly accepted?: readonly string[];
}

/** What the gateways say of the route's latest generation. */
export interface Acceptance {
  /** Whether each gateway that counts took it over. */
  readonly accepted: boolean;
  /** Who did not, as sentences. */
  readonly unaccepted?: string;
}

/** What one controller says of the route to one gateway. */
interface Report {
  readonly key: string;
  /** `Gateway shop/public`. */
  readonly gateway: string;
  readonly accepts: boolean;
  /** The generation that it speaks of. */
  readonly generation: unknown;
  /** Why it does not accept, in one word. */
  readonly reason: string;
}

/**
 * Who has the route at the start, and who is named by it and has not: that one
 * carries none of its traffic, and no rollout waits for it.
 */
export function recordAcceptance(route: KubernetesObject): {
  readonly record: RecordedAcceptance;
  /** Each as the start of a sentence: `Gateway shop/inner does not accept …`. */
  readonly refusals: readonly string[];
} {
  const { reports, silent } = readParents(route);
  const name = stringifyObjectRef(refOf(route));
  return {
    record: {
      reported: reports.length > 0,
      accepted: reports.filter(({ accepts }) => accepts).map(({ key }) => key),
    },
    refusals: [
      ...reports
        .filter(({ accepts }) => !accepts)
        .map(({ gateway, reason }) => refusal(gateway, name, reason)),
      ...silent.map(gateway => `${gateway} reports nothing of ${name}`),
    ],
  };
}

/**
 * Whether every gateway that has the route took over its latest generation.
 *
 * A gateway counts that had accepted the route when the rollout started, and
 * one that accepted it since. Reports of gateways that the route no longer
 * names are left over. Where nobody reports at all, and nobody did at the
 * start, the controller is one that does not tell; a report that vanished is
 * waited for.
 */
export function readAcceptance(
  route: KubernetesObject,
  { reported, accepted: before }: RecordedAcceptance,
): Acceptance {
  const { reports, named } = readParents(route);
  const name = stringifyObjectRef(refOf(route));
  if (reports.length === 0) {
    return reported
      ? {
          accepted: false,
          unaccepted: `No gateway reports on ${name} any more.`,
        }
      : { accepted: true };
  }
  const { generation } = route.metadata;
  const counts = ({ key, accepts }: Report) =>
    accepts || !before || before.includes(key);
  const missing = [
    ...reports
      .filter(counts)
      .filter(one => !one.accepts || one.generation !== generation)
      .map(({ gateway, accepts, reason }) =>
        accepts
          ? `${gateway} has not taken over generation ${generation} of ${name} yet.`
          : `${refusal(gateway, name, reason)} any more.`,
      ),
    ...(before ?? [])
      .filter(key => !reports.some(report => report.key === key))
      .flatMap(key => named.get(parentIn(key)) ?? [])
      .map(gateway => `${gateway} reports nothing of ${name} any more.`),
  ];
  return missing.length === 0
    ? { accepted: true }
    : { accepted: false, unaccepted: missing.join(' ') };
}

/** As `recordAcceptance` wrote it into a rollout's JSON. */
export function acceptanceIn(original: JsonObject): RecordedAcceptance {
  const { reported, accepted } = original;
  return {
    reported: reported === true,
    accepted: Array.isArray(accepted)
      ? asList(accepted).map(String)
      : undefined,
  };
}

function refusal(gateway: string, name: string, reason: string): string {
  return `${gateway} does not accept ${name}${reason && ` (${reason})`}`;
}

/** The gateways that the route names, what is said of them, and of whom nothing is. */
function readParents({ metadata, spec, status }: KubernetesObject) {
  const complete = (ref: JsonObject) => withDefaults(ref, metadata.namespace);
  const refs = asObjects(spec?.parentRefs).map(complete);
  const all = asObjects(asObject(status)?.parents).map(parent => ({
    parent,
    ref: complete(asObject(parent.parentRef) ?? {}),
  }));
  const current = all.filter(({ ref }) =>
    refs.some(one => isDeepStrictEqual(one, ref)),
  );
  // A reference written otherwise than we understand is no reason to hear nobody.
  const heard = current.length > 0 ? current : all;
  const reports = heard.map(({ parent, ref }) => reportOf(parent, ref));
  const named = new Map(refs.map(ref => [parentKey(ref), gatewayOf(ref)]));
  const spoken = new Set(reports.map(({ key }) => parentIn(key)));
  return {
    reports,
    named,
    silent:
      current.length > 0
        ? [...named].filter(([key]) => !spoken.has(key)).map(([, one]) => one)
        : [],
  };
}

function reportOf(parent: JsonObject, ref: JsonObject): Report {
  const condition = asObjects(parent.conditions).find(
    ({ type }) => type === 'Accepted',
  );
  const { status, observedGeneration, reason } = condition ?? {};
  return {
    key: JSON.stringify([parentKey(ref), text(parent.controllerName)]),
    gateway: gatewayOf(ref),
    accepts: status === 'True',
    generation: observedGeneration,
    reason: text(reason),
  };
}

function parentKey({
  group,
  kind,
  namespace,
  name,
  sectionName,
  port,
}: JsonObject): string {
  return JSON.stringify(
    [group, kind, namespace, name, sectionName, port].map(one => one ?? null),
  );
}

/** The parent in the key of a report. */
function parentIn(key: string): string {
  return String(JSON.parse(key)[0]);
}

/** `Gateway shop/public`, with its listener where one is named. */
function gatewayOf({ kind, namespace, name, sectionName }: JsonObject): string {
  const listener = text(sectionName) && ` (listener ${text(sectionName)})`;
  return `${text(kind)} ${text(namespace)}/${text(name)}${listener}`;
}

/** Of an object that anybody may have written: short, or nothing. */
function text(value: unknown): string {
  return typeof value === 'string' ? value.slice(0, 253) : '';
}

/** Controllers may fill in the defaults of the reference they report on. */
function withDefaults(ref: JsonObject, namespace = ''): JsonObject {
  return {
    group: 'gateway.networking.k8s.io',
    kind: 'Gateway',
    namespace,
    ...ref,
  };
}
