import { direct, namesOf, proxied } from '../reality/cases';
import { until } from '../reality/cluster/until';
import { interruptInEachPhase, shopsOf } from '../reality/interruptInEachPhase';
import { playTogether, RealityCase } from '../reality/playTogether';
import { Reality } from '../reality/Reality';

jest.setTimeout(240_000);

const assets = process.env.KUBEBUILDER_ASSETS;
const describeReal = assets ? describe : describe.skip;

const short = (cases: readonly RealityCase[]) => cases.filter(one => !one.long);

describeReal(
  `on a cluster with real controllers (${
    assets ?? 'skipped: KUBEBUILDER_ASSETS names no folder with its binaries'
  })`,
  () => {
    let reality: Reality;

    beforeAll(async () => {
      reality = await Reality.open(assets!, {
        direct: [
          ...namesOf(direct),
          ...shopsOf('killed'),
          ...shopsOf('cut-off'),
        ],
        faulty: namesOf(proxied),
      });
    });

    afterAll(() => reality?.close());

    describe('each release ends as it should:', () => {
      playTogether(short([...direct, ...proxied]), () => reality);
    });

    describe('a backend that is killed and started again ends what it began', () => {
      interruptInEachPhase(
        () => reality,
        'killed',
        async ({ portal }) => {
          await portal.kill();
          await portal.start();
        },
      );
    });

    describe('an API server that is killed and started again costs time alone', () => {
      interruptInEachPhase(
        () => reality,
        'cut-off',
        async ({ cluster, portal }, standing) => {
          await cluster.plane.killApiServer();
          await until('the backend to notice', async () => {
            const seen = await Promise.all(
              standing.map(({ id }) => portal.rollout(id)),
            );
            return seen.some(
              ({ waitingFor }) => waitingFor?.reason === 'ClusterUnreachable',
            );
          });
          await cluster.plane.startApiServer();
          await cluster.plane.restartControllers();
        },
      );
    });
  },
);
