import { situations } from '../testing/situations';

describe('a canary whose images somebody changes', () => {
  // Flagger #30: a new revision was judged as the old one.
  it('is taken back, and not judged as the release that was started', () => {
    const simulation = situations['Progressing, a step works']();
    const canary = simulation.world.canary!;
    simulation.change({
      canary: { ...canary, images: { checkout: 'shop/checkout:v3' } },
    });
    expect(simulation.tick().rollout.outcome?.reason).toBe('ImageChanged');
  });

  it.each([
    ['that the rollout names', 'checkout', 'ImageChanged'],
    ['that it leaves as it is', 'wait', undefined],
  ])('goes by an init container %s', (_, container, want) => {
    const simulation = situations['Paused, StepPause']();
    const ran = (id: string) =>
      simulation
        .change({
          canary: {
            ...simulation.world.canary!,
            imageIds: {},
            initImageIds: { [container]: [id] },
          },
        })
        .tick();
    expect(ran('id-of-shop/checkout:v2').rollout.outcome).toBeUndefined();
    expect(ran('sha256:other').rollout.outcome?.reason).toBe(want);
  });
});
