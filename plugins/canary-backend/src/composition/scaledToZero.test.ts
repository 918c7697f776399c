import { checkoutDeployment, checkoutService } from '../workload/testing/shop';
import { Release } from './testing/Release';

const V1 = 'shop/checkout:v1';
const V2 = 'shop/checkout:v2';

let release: Release;

beforeEach(async () => {
  const objects = [checkoutDeployment(), checkoutService()];
  release = await Release.open({ objects });
});
afterEach(() => release.close());

const image = () =>
  release
    .template('checkout')
    .spec.containers.find(({ name }) => name === 'checkout')?.image;
const scaleTo = (replicas: number) =>
  release.edit(spec => Object.assign(spec, { replicas }));

describe('a stable that somebody scales to 0', () => {
  // "0 of 0 pods run the new version", and the only pods that served were taken away.
  it('is never taken for one that runs the new version everywhere', async () => {
    await release.start({ image: V2 });
    await release.until(({ phase }) => phase === 'Promoting');
    scaleTo(0);
    await release.toTheEnd();
    expect(release.rollout).toMatchObject({
      phase: 'RolledBack',
      outcome: {
        reason: 'StableScaledToZero',
        message: expect.stringMatching(
          /^Deployment shop\/checkout was scaled to 0 during the rollout/,
        ),
      },
    });
    expect(image()).toBe(V1);
  });

  it('ends the release while the plan is walked', async () => {
    await release.start({ image: V2 });
    await release.until(({ phase }) => phase === 'Progressing');
    scaleTo(0);
    await release.toTheEnd();
    expect(release.rollout.outcome?.reason).toBe('StableScaledToZero');
  });

  it('does not keep an abort half way through the promotion from its end', async () => {
    await release.start({ image: V2 });
    await release.until(({ promotion }) => promotion !== undefined);
    await release.command('abort');
    scaleTo(0);
    await release.toTheEnd();
    expect(release.rollout.outcome?.reason).toBe('Aborted');
    expect(image()).toBe(V1);
  });

  describe('under a rollback', () => {
    beforeEach(async () => {
      await release.start({ image: V2 });
      await release.until(({ phase }) => phase === 'Succeeded');
    });

    it('ends it, and keeps the images that were put back', async () => {
      await (await release.command('rollback')).tick();
      scaleTo(0);
      await release.toTheEnd();
      expect(release.rollout).toMatchObject({
        phase: 'RolledBack',
        outcome: { reason: 'StableScaledToZero' },
      });
      expect(image()).toBe(V1);
    });

    it('is waited for where it was so at the start, and succeeds with its pods', async () => {
      scaleTo(0);
      await release.command('rollback');
      for (let ticks = 0; ticks < 5; ticks++) await release.tick();
      expect(release.rollout).toMatchObject({
        phase: 'Promoting',
        waitingFor: { message: expect.stringContaining('scaled to 0') },
      });
      expect(image()).toBe(V1);
      scaleTo(4);
      await release.toTheEnd();
      expect(release.rollout.phase).toBe('Succeeded');
    });
  });
});
