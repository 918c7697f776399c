import { NO_EXPOSURE } from 'backstage-plugin-canary-common';
import { builtInSteps } from '../state-machine/steps';
import { planPoints } from './planPoints';

/** Steps as a plan has them: `{ setWeight: 5 }`. */
const pointsOf = (stable: number, ...raw: object[]) =>
  planPoints(
    raw.map(one => {
      const [[kind, value]] = Object.entries(one);
      const definition = builtInSteps().find(kind);
      return { definition, params: definition?.params.parse(value) };
    }),
    stable,
  );

const beta = { name: 'beta', header: 'x-beta', value: '1' };

describe('the points of a plan', () => {
  it('add up what its steps ask for, each beside the one before', () => {
    const points = pointsOf(
      4,
      { setWeight: 5 },
      { headerRoute: beta },
      { setReplicas: { percent: 50 } },
      { setWeight: 25 },
    );
    const last = { ...NO_EXPOSURE, weight: 25, headerRoutes: [beta] };
    expect(points.map(({ exposure }) => exposure.weight)).toEqual([
      5, 5, 5, 25,
    ]);
    expect(points[3]).toEqual({
      before: { ...last, weight: 5 },
      exposure: last,
      replicas: 2,
      needs: ['weights'],
    });
  });

  it('keep the pods of the latest step that asked for some', () => {
    const points = pointsOf(
      4,
      { setReplicas: 3 },
      { setReplicas: 1 },
      {
        setWeight: 5,
      },
    );
    expect(points.map(({ replicas }) => replicas)).toEqual([3, 1, 1]);
    expect(points.map(({ ownReplicas }) => ownReplicas)).toEqual([
      3,
      1,
      undefined,
    ]);
  });

  it('need a feature where it comes in, and not again', () => {
    const points = pointsOf(
      4,
      { headerRoute: beta },
      { pause: {} },
      { setWeight: 0 },
      { mirror: 10 },
      { mirror: 0 },
    );
    expect(points.map(({ needs }) => needs)).toEqual([
      ['headers'],
      [],
      [],
      ['mirror'],
      [],
    ]);
  });

  it('go on past a kind of step that nobody defines', () => {
    const points = pointsOf(4, { setWeight: 5 }, { unknown: {} });
    expect(points[1].exposure.weight).toBe(5);
  });
});
