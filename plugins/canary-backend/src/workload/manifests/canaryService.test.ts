import { canaryService } from './canaryService';
import { checkoutService } from '../testing/shop';

const specFor = (spec: object) =>
  canaryService(
    checkoutService('checkout', { app: 'checkout' }, spec as never),
    { workload: 'checkout', rolloutId: 'r1' },
  ).spec;

describe('canaryService', () => {
  it('selects by the rollout and serves the ports of the stable', () => {
    expect(
      specFor({ clusterIP: '10.0.0.7', clusterIPs: ['10.0.0.7'] }),
    ).toEqual({
      type: 'ClusterIP',
      selector: { 'canary/rollout': 'r1' },
      ports: [{ name: 'http', port: 80, targetPort: 8080 }],
    });
  });

  it.each([
    ['LoadBalancer', 'ClusterIP'],
    ['ClusterIP', 'ClusterIP'],
    ['NodePort', 'NodePort'],
  ])('makes of a %s a %s without a port of the node', (type, want) => {
    const ports = [{ port: 80, nodePort: 30080 }];
    expect(specFor({ type, ports })).toMatchObject({
      type: want,
      ports: [{ port: 80 }],
    });
    expect(JSON.stringify(specFor({ type, ports }))).not.toContain('30080');
  });

  it('stays headless, and sticky, where the stable is', () => {
    expect(
      specFor({ clusterIP: 'None', sessionAffinity: 'ClientIP' }),
    ).toMatchObject({ clusterIP: 'None', sessionAffinity: 'ClientIP' });
  });
});
