import { ApiObject } from '../model';
import { withPodSpecDefaults } from './podSpecDefaults';
import { withServiceDefaults } from './serviceDefaults';

/**
 * The object with the defaults of its kind. Routes of the Gateway API get
 * none: an absent weight stays absent, the harder case for who reads it.
 */
export function withDefaults(object: ApiObject): ApiObject {
  switch (object.kind) {
    case 'Deployment':
      return { ...object, spec: deploymentDefaults(object.spec) };
    case 'ReplicaSet':
      return {
        ...object,
        spec: {
          replicas: 1,
          ...object.spec,
          template: templateDefaults(object.spec?.template),
        },
      };
    case 'Pod':
      return { ...object, spec: withPodSpecDefaults(object.spec) };
    case 'Service':
      return {
        ...object,
        spec: withServiceDefaults(object.spec, object),
        status: { loadBalancer: {}, ...object.status },
      };
    case 'Secret':
      return { type: 'Opaque', ...object };
    case 'Namespace':
      return {
        ...object,
        spec: { finalizers: ['kubernetes'], ...object.spec },
        status: { phase: 'Active' },
      };
    case 'HorizontalPodAutoscaler':
      return { ...object, spec: { minReplicas: 1, ...object.spec } };
    default:
      return object;
  }
}

function templateDefaults(template: any): any {
  return (
    template && {
      ...template,
      metadata: { creationTimestamp: null, ...template.metadata },
      spec: withPodSpecDefaults(template.spec),
    }
  );
}

function deploymentDefaults(spec: any): any {
  const strategy = { type: 'RollingUpdate', ...spec?.strategy };
  return {
    replicas: 1,
    revisionHistoryLimit: 10,
    progressDeadlineSeconds: 600,
    ...spec,
    template: templateDefaults(spec?.template),
    strategy:
      strategy.type === 'RollingUpdate'
        ? {
            ...strategy,
            rollingUpdate: {
              maxUnavailable: '25%',
              maxSurge: '25%',
              ...strategy.rollingUpdate,
            },
          }
        : strategy,
  };
}
