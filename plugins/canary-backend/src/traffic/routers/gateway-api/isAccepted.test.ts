import { JsonObject } from 'backstage-plugin-canary-common';
import { routeOf } from '../../testing/routes';
import { isAccepted } from './isAccepted';

const report = (
  name: string,
  status: string,
  observedGeneration: number,
  more: JsonObject = {},
) => ({
  parentRef: { name, ...more },
  conditions: [
    { type: 'ResolvedRefs', status: 'True', observedGeneration: 1 },
    { type: 'Accepted', status, observedGeneration },
  ],
});

const full = {
  group: 'gateway.networking.k8s.io',
  kind: 'Gateway',
  namespace: 'shop',
};

describe('isAccepted', () => {
  it.each`
    case                                          | parents                                                      | wasReported | want
    ${'nobody ever reported'}                     | ${[]}                                                        | ${false}    | ${true}
    ${'the reports vanished'}                     | ${[]}                                                        | ${true}     | ${false}
    ${'it took over the latest generation'}       | ${[report('public', 'True', 7)]}                             | ${true}     | ${true}
    ${'a reference is written out'}               | ${[report('public', 'True', 7, full)]}                       | ${true}     | ${true}
    ${'it is a generation behind'}                | ${[report('public', 'True', 6)]}                             | ${true}     | ${false}
    ${'it refused the route'}                     | ${[report('public', 'False', 7)]}                            | ${true}     | ${false}
    ${'one of two gateways is behind'}            | ${[report('public', 'True', 7), report('inner', 'True', 6)]} | ${true}     | ${false}
    ${'a gateway that was left behind is behind'} | ${[report('public', 'True', 7), report('old', 'True', 2)]}   | ${true}     | ${true}
    ${'a report has no conditions'}               | ${[{ parentRef: { name: 'public' } }]}                       | ${true}     | ${false}
    ${'the status is none'}                       | ${'x'}                                                       | ${true}     | ${false}
  `('is $want when $case', ({ parents, wasReported, want }) => {
    const route = routeOf([], {
      parentRefs: [{ name: 'public' }, { name: 'inner' }],
      metadata: { name: 'checkout', namespace: 'shop', generation: 7 },
      status: { parents },
    });
    expect(isAccepted(route, wasReported)).toBe(want);
  });
});
