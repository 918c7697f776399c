import { createHash } from 'node:crypto';
import { ApiObject } from '../model';

/** Fills in a Service's spec; its cluster IP follows from its uid, so that it stays. */
export function withServiceDefaults(spec: any, object: ApiObject): any {
  const headless = spec?.clusterIP === 'None';
  const [a, b] = createHash('sha256').update(object.metadata.uid).digest();
  const clusterIP = spec?.clusterIP || `10.96.${a}.${Math.max(1, b)}`;
  return {
    type: 'ClusterIP',
    sessionAffinity: 'None',
    ipFamilies: ['IPv4'],
    ipFamilyPolicy: 'SingleStack',
    internalTrafficPolicy: 'Cluster',
    ...spec,
    clusterIP: headless ? 'None' : clusterIP,
    clusterIPs: [headless ? 'None' : clusterIP],
    ports: spec?.ports?.map((port: any) => ({
      protocol: 'TCP',
      targetPort: port.port,
      ...port,
    })),
  };
}
