import {
  planRollingUpdate,
  resolveShare,
  Scaling,
  SetView,
} from './planRollingUpdate';

const view = (name: string, replicas: number, available = replicas) => ({
  name,
  replicas,
  available,
});

function scaled(set: SetView, scalings: readonly Scaling[]): SetView {
  const { replicas } = scalings.find(({ name }) => name === set.name) ?? set;
  return view(set.name, replicas, Math.min(replicas, set.replicas));
}

describe('planRollingUpdate', () => {
  it.each([
    {
      outcome: 'grows the new set into the surge first',
      desired: 4,
      newSet: view('new', 0),
      oldSets: [view('old', 4)],
      want: [{ name: 'new', replicas: 1 }],
    },
    {
      outcome: 'waits while the surge is not available',
      desired: 4,
      newSet: view('new', 1, 0),
      oldSets: [view('old', 4)],
      want: [],
    },
    {
      outcome: 'shrinks the old set when the surge is available',
      desired: 4,
      newSet: view('new', 1),
      oldSets: [view('old', 4)],
      want: [{ name: 'old', replicas: 3 }],
    },
    {
      outcome: 'takes unavailable old pods first, although none may be missing',
      desired: 4,
      newSet: view('new', 1),
      oldSets: [view('older', 2, 0), view('old', 3)],
      want: [{ name: 'older', replicas: 0 }],
    },
    {
      outcome: 'shrinks a set that is larger than wanted',
      desired: 2,
      newSet: view('new', 5),
      oldSets: [],
      want: [{ name: 'new', replicas: 2 }],
    },
    {
      outcome: 'has nothing to do when all is done',
      desired: 4,
      newSet: view('new', 4),
      oldSets: [],
      want: [],
    },
  ])('$outcome', ({ desired, newSet, oldSets, want }) => {
    expect(
      planRollingUpdate({
        desired,
        maxSurge: 1,
        maxUnavailable: 0,
        newSet,
        oldSets,
      }),
    ).toEqual(want);
  });

  it.each([
    { desired: 1, maxSurge: 1, maxUnavailable: 0 },
    { desired: 4, maxSurge: 1, maxUnavailable: 0 },
    { desired: 4, maxSurge: 0, maxUnavailable: 1 },
    { desired: 10, maxSurge: 3, maxUnavailable: 2 },
    { desired: 10, maxSurge: 0, maxUnavailable: 0 },
  ])(
    'ends, and never goes below its floor or above its ceiling: %p',
    limits => {
      let sets: SetView[] = [view('old', limits.desired), view('new', 0)];
      const floor =
        limits.desired -
        Math.max(limits.maxUnavailable, limits.maxSurge === 0 ? 1 : 0);
      for (let round = 0; round < 100; round++) {
        const [oldSet, newSet] = sets;
        const scalings = planRollingUpdate({
          ...limits,
          newSet,
          oldSets: oldSet.replicas > 0 ? [oldSet] : [],
        });
        // A new pod becomes available one round after it was asked for.
        sets = sets.map(set => scaled(set, scalings));
        const total = {
          available: sets[0].available + sets[1].available,
          replicas: sets[0].replicas + sets[1].replicas,
        };
        expect(total.available).toBeGreaterThanOrEqual(floor);
        expect(total.replicas).toBeLessThanOrEqual(
          limits.desired + limits.maxSurge,
        );
      }
      expect(sets).toEqual([view('old', 0), view('new', limits.desired)]);
    },
  );
});

describe('resolveShare', () => {
  it.each([
    [2, 10, 2],
    ['25%', 4, 1],
    ['25%', 10, 3],
    ['0%', 10, 0],
  ])('reads %p of %d', (share, desired, want) => {
    expect(resolveShare(share, desired, Math.ceil)).toBe(want);
  });
});
