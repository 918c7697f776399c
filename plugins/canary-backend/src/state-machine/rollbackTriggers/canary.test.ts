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
});
