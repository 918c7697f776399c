import { autoscaler } from '../reality/cases/autoscaler';
import { disruptions } from '../reality/cases/disruptions';
import { faults } from '../reality/cases/faults';
import { foreignEdits } from '../reality/cases/foreignEdits';
import { lateCreates } from '../reality/cases/lateCreates';
import { refusals } from '../reality/cases/refusals';
import { releases } from '../reality/cases/releases';
import { undo } from '../reality/cases/undo';
import { until } from '../reality/cluster/until';
import { interruptInEachPhase, shopsOf } from '../reality/interruptInEachPhase';
import { playTogether } from '../reality/playTogether';
import { Reality } from '../reality/Reality';

jest.setTimeout(240_000);

const assets = process.env.KUBEBUILDER_ASSETS;
const describeReal = assets ? describe : describe.skip;

const direct = [
  ...releases,
  ...foreignEdits,
  ...autoscaler,
  ...disruptions,
  ...refusals,
  ...undo,
];

describeReal(
  `on a cluster with real controllers (${
    assets ?? 'skipped: KUBEBUILDER_ASSETS names no folder with its binaries'
  })`,
  () => {
    let reality: Reality;

    beforeAll(async () => {
      const names = (cases: typeof direct) => cases.map(({ shop }) => shop);
      reality = await Reality.open(assets!, {
        direct: [...names(direct), ...shopsOf('killed'), ...shopsOf('cut-off')],
        faulty: names([...faults, ...lateCreates]),
      });
    });

    afterAll(() => reality?.close());

    describe('each release ends as it should:', () => {
      playTogether([...direct, ...faults, ...lateCreates], () => reality);
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
