/** Fills in what the API server fills in, so that a read spec compares with a written one. */
export function withPodSpecDefaults(spec: any): any {
  return {
    restartPolicy: 'Always',
    terminationGracePeriodSeconds: 30,
    dnsPolicy: 'ClusterFirst',
    securityContext: {},
    schedulerName: 'default-scheduler',
    ...spec,
    containers: spec?.containers?.map(withContainerDefaults),
    initContainers: spec?.initContainers?.map(withContainerDefaults),
  };
}

function withContainerDefaults(container: any): any {
  const tagged = /[:@][^/]+$/.exec(container.image ?? '')?.[0];
  return {
    resources: {},
    terminationMessagePath: '/dev/termination-log',
    terminationMessagePolicy: 'File',
    imagePullPolicy:
      !tagged || tagged === ':latest' ? 'Always' : 'IfNotPresent',
    ...container,
    ports: container.ports?.map((port: any) => ({ protocol: 'TCP', ...port })),
    ...probes(container),
  };
}

function probes(container: any): Record<string, unknown> {
  const filled: Record<string, unknown> = {};
  for (const name of ['livenessProbe', 'readinessProbe', 'startupProbe']) {
    const probe = container[name];
    if (!probe) continue;
    filled[name] = {
      timeoutSeconds: 1,
      periodSeconds: 10,
      successThreshold: 1,
      failureThreshold: 3,
      ...probe,
      httpGet: probe.httpGet && { scheme: 'HTTP', ...probe.httpGet },
    };
  }
  return filled;
}
