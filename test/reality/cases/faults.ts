import assert from 'node:assert/strict';
import { ProxiedRequest, Treatment } from '../cluster/FaultyProxy';
import { until } from '../cluster/until';
import { Reality } from '../Reality';
import { chance } from '../chance';
import { RealityCase } from '../playTogether';

/** Which requests of a shop fail, and how. */
type Fault = (request: ProxiedRequest) => Treatment;

/** So many of all requests, watches aside, in no order. */
function someOf(likelihood: number, treatment: Treatment, seed: number): Fault {
  const happens = chance(likelihood, seed);
  return ({ isWatch }) => (!isWatch && happens() ? treatment : 'pass');
}

/** The whole way to a released version while the API server fails so. */
const releasedDespite = (
  title: string,
  shop: string,
  fault: Fault,
): RealityCase => ({
  title,
  shop,
  play: async (reality, name) => {
    const opened = await reality.shop(name);
    const { id } = await reality.portal.roll(name, 'shop/checkout:v2', 'quick');
    reality.proxy.treat(name, fault);
    await reality.expectEnd(id, { phase: 'Succeeded' });
    reality.proxy.treat(name, () => 'pass');
    expectFaults(reality, name);
    await opened.expectAsFound('shop/checkout:v2');
  },
});

/** The way back, while the API server fails so. */
const abortedDespite = (
  title: string,
  shop: string,
  fault: Fault,
): RealityCase => ({
  title,
  shop,
  play: async (reality, name) => {
    const opened = await reality.shop(name);
    const id = await reality.roll(
      name,
      'shop/checkout:v2',
      'held',
      ({ phase }) => phase === 'Paused',
    );
    reality.proxy.treat(name, fault);
    await reality.portal.command(id, 'abort');
    await reality.expectEnd(id, { phase: 'RolledBack', reason: 'Aborted' });
    reality.proxy.treat(name, () => 'pass');
    expectFaults(reality, name);
    await opened.expectAsFound('shop/checkout:v1');
  },
});

/** How soon after an API server answers again an abort has to be carried out. */
const SOON_MS = 2_000;

const hanging: RealityCase = {
  title:
    'an abort while the API server hangs is carried out within two seconds of its return',
  shop: 'hanging-abort',
  long: true,
  play: async (reality, name) => {
    const { proxy, portal } = reality;
    const opened = await reality.shop(name);
    const id = await reality.roll(
      name,
      'shop/checkout:v2',
      'held',
      ({ phase }) => phase === 'Paused',
    );
    let comesBack = () => {};
    const back = new Promise<void>(resolve => {
      comesBack = resolve;
    });
    proxy.treat(name, async (): Promise<Treatment> => {
      await back;
      return 'pass';
    });
    await portal.command(id, 'abort');
    await reality.until(
      id,
      ({ waitingFor }) => waitingFor?.reason === 'ClusterUnreachable',
    );
    comesBack();
    const from = Date.now();
    await until('the canary to lose its users', async () => {
      const shares = reality.cluster.gateway.shares(name);
      return shares.at(-1) !== 25;
    });
    assert(Date.now() - from < SOON_MS);
    await reality.expectEnd(id, { phase: 'RolledBack', reason: 'Aborted' });
    await opened.expectAsFound('shop/checkout:v1');
  },
};

/** What becomes of releases when the API server does not do, or not say, what it is asked. */
export const faults: readonly RealityCase[] = [
  hanging,
  releasedDespite(
    'a version is released though one of twelve requests is too many',
    'too-many',
    someOf(1 / 12, 'tooMany', 1),
  ),
  {
    ...releasedDespite(
      'a version is released though one of twelve requests fails inside the server',
      'errors',
      someOf(1 / 12, 'error', 2),
    ),
    long: true,
  },
  releasedDespite(
    'a version is released once though every other answer to a write is lost',
    'lost-answers',
    losingAnswers(),
  ),
  {
    ...abortedDespite(
      'an abort takes its way though one of four requests is too many',
      'too-many-abort',
      someOf(1 / 4, 'tooMany', 3),
    ),
    long: true,
  },
  abortedDespite(
    'an abort takes its way though one of four requests fails inside the server',
    'errors-abort',
    someOf(1 / 4, 'error', 4),
  ),
  {
    ...abortedDespite(
      'an abort takes its way though every other answer to a write is lost',
      'lost-answers-abort',
      losingAnswers(),
    ),
    long: true,
  },
];

/** Every other answer to a write is lost. */
function losingAnswers(): Fault {
  let writes = 0;
  return ({ isWrite }) => {
    if (!isWrite) return 'pass';
    writes += 1;
    return writes % 2 === 1 ? 'loseAnswer' : 'pass';
  };
}

/** A test of faults in which none came would prove nothing. */
function expectFaults({ proxy }: Reality, name: string) {
  assert(proxy.faultsIn(name) > 1);
}
