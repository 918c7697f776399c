import { direct, namesOf, proxied } from '../reality/cases';
import { until } from '../reality/cluster/until';
import {
  interruptInEachPhase,
  shopsOf,
  standInEachPhase,
} from '../reality/interruptInEachPhase';
import { playTogether, RealityCase } from '../reality/playTogether';
import { Reality } from '../reality/Reality';

jest.setTimeout(240_000);

const assets = process.env.KUBEBUILDER_ASSETS;
const describeReal = assets ? describe : describe.skip;

/** Names of their shops begin so. */
const interruptions = ['killed', 'cut-off'];

const short = (cases: readonly RealityCase[]) => cases.filter(one => !one.long);

describeReal(
  `on a cluster with real controllers (${
    assets ?? 'skipped: KUBEBUILDER_ASSETS names no folder with its binaries'
  })`,
  () => {
    let reality: Reality;
    const standing = new Map<string, ReturnType<typeof standInEachPhase>>();
    const standOf = (prefix: string) => standing.get(prefix)!;

    beforeAll(async () => {
      reality = await Reality.open(assets, {
        direct: [...namesOf(direct), ...interruptions.flatMap(shopsOf)],
        faulty: namesOf(proxied),
      });
      // Beside the cases, for all of them mostly wait.
      for (const prefix of interruptions) {
        const stand = standInEachPhase(reality, prefix);
        stand.catch(() => {});
        standing.set(prefix, stand);
      }
    });

    afterAll(() => reality?.close());

    describe('each release ends as it should:', () => {
      playTogether(short([...direct, ...proxied]), () => reality);
    });

    describe('a backend that is killed and started again ends what it began', () => {
      interruptInEachPhase(
        () => reality,
        () => standOf('killed'),
        async ({ portal }) => {
          await portal.kill();
          await portal.start();
        },
      );
    });

    describe('an API server that is killed and started again costs time alone', () => {
      interruptInEachPhase(
        () => reality,
        () => standOf('cut-off'),
        async ({ cluster, portal }, rollouts) => {
          await cluster.plane.killApiServer();
          await until('the backend to notice', async () => {
            const seen = await Promise.all(
              rollouts.map(({ id }) => portal.rollout(id)),
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
