import {
  baselineNameOf,
  KubernetesObject,
  ServiceView,
} from 'backstage-plugin-canary-node';
import {
  Labels,
  LabelSelector,
  labelSelectorSelects,
  serviceSelects,
} from '../../kubernetes/objects/selectors';
import { baselineLabels, canaryLabels } from '../manifests/canaryLabels';
import { specOf } from '../manifests/manifests';

/** An object that selects pods and is not a Service: a policy, a monitor. */
export interface PodSelecting {
  readonly kind: string;
  readonly name: string;
  readonly selector: LabelSelector;
}

/**
 * What the canary's labels lead to: refused where traffic would reach the
 * canary past the route, warned of what treats it unlike the stable.
 */
export function checkClone(options: {
  readonly deployment: KubernetesObject;
  /** Every Service of the namespace. */
  readonly services: readonly ServiceView[];
  readonly policies: readonly PodSelecting[];
  /** The Service that the route names for the stable. */
  readonly stableService: string;
  readonly keepServiceLabels?: boolean;
  /** A fresh baseline runs beside the canary. */
  readonly freshBaseline?: boolean;
}): { readonly refusals: string[]; readonly warnings: string[] } {
  const { deployment, services, policies, stableService } = options;
  const { keepServiceLabels, freshBaseline } = options;
  const spec = specOf(deployment);
  const own = spec.template.metadata?.labels ?? {};
  const serviceSelector =
    services.find(({ name }) => name === stableService)?.selector ?? {};
  const labels = canaryLabels(spec, {
    // Nobody selects by an id that does not exist yet.
    rolloutId: 'preview',
    serviceSelector,
    keepServiceLabels,
  });

  const reached = services.filter(
    service =>
      service.name !== stableService && serviceSelects(service, labels),
  );
  const unlike = policies.filter(
    ({ selector }) =>
      labelSelectorSelects(selector, own) &&
      !labelSelectorSelects(selector, labels),
  );
  return {
    refusals: [
      ...reached.flatMap(({ name }) =>
        keepServiceLabels
          ? []
          : `Service ${name} would select the canary's pods as well and send them requests past the route; let it select by a label of the Deployment's selector`,
      ),
      ...(!keepServiceLabels && labelSelectorSelects(spec.selector, labels)
        ? [
            "its selector would select the canary's pods as well; let it name a label by its value",
          ]
        : []),
    ],
    warnings: [
      ...(keepServiceLabels ? reached : []).map(
        ({ name }) =>
          `Service ${name} selects the canary's pods as well: its requests are shared by the number of pods, too.`,
      ),
      ...unlike.map(
        ({ kind, name }) =>
          `${kind} ${name} applies to the stable's pods only, not to the canary's.`,
      ),
      ...(freshBaseline ? besideStable(deployment, serviceSelector) : []),
    ],
  };
}

/** What pods of the stable version beside the stable's own lead to. */
function besideStable(
  deployment: KubernetesObject,
  serviceSelector: Labels,
): string[] {
  const { name } = deployment.metadata;
  const spec = specOf(deployment);
  const labels = baselineLabels(spec, {
    rolloutId: 'preview',
    serviceSelector,
  });
  return [
    `${baselineNameOf(
      name,
    )} runs as many pods of the stable version as the canary has; they take their part of the stable's requests.`,
    ...(labelSelectorSelects(spec.selector, labels)
      ? [
          `Its pods carry the labels that Deployment ${name} selects by: an autoscaler or a disruption budget of the Deployment counts them as well.`,
        ]
      : []),
  ];
}
