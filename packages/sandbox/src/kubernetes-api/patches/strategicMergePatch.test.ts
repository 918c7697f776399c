import { strategicMergePatch } from './strategicMergePatch';

const app = { name: 'app', image: 'app:v1' };
const side = { name: 'side', image: 'side:v1' };

describe('strategicMergePatch', () => {
  it.each([
    {
      outcome: 'changes one container by its name',
      target: { containers: [app, side] },
      patch: { containers: [{ name: 'side', image: 'side:v2' }] },
      want: { containers: [app, { name: 'side', image: 'side:v2' }] },
    },
    {
      outcome: 'adds a container at the end',
      target: { containers: [app] },
      patch: { containers: [side] },
      want: { containers: [app, side] },
    },
    {
      outcome: 'deletes a container',
      target: { containers: [app, side] },
      patch: { containers: [{ name: 'app', $patch: 'delete' }] },
      want: { containers: [side] },
    },
    {
      outcome: 'replaces a list when told to',
      target: { containers: [app, side] },
      patch: { containers: [{ $patch: 'replace' }, { name: 'new' }] },
      want: { containers: [{ name: 'new' }] },
    },
    {
      outcome: 'merges ports of a container by containerPort',
      target: { containers: [{ ...app, ports: [{ containerPort: 80 }] }] },
      patch: {
        containers: [
          { name: 'app', ports: [{ containerPort: 80, name: 'http' }] },
        ],
      },
      want: {
        containers: [{ ...app, ports: [{ containerPort: 80, name: 'http' }] }],
      },
    },
    {
      outcome: 'merges ports of a Service by port',
      target: { spec: { ports: [{ port: 80, targetPort: 1 }, { port: 81 }] } },
      patch: { spec: { ports: [{ port: 80, targetPort: 2 }] } },
      want: { spec: { ports: [{ port: 80, targetPort: 2 }, { port: 81 }] } },
    },
    {
      outcome: 'replaces a list without a merge key',
      target: { args: ['a', 'b'] },
      patch: { args: ['c'] },
      want: { args: ['c'] },
    },
    {
      outcome: 'merges finalizers as a set',
      target: { finalizers: ['a'] },
      patch: { finalizers: ['a', 'b'] },
      want: { finalizers: ['a', 'b'] },
    },
    {
      outcome: 'takes items out of a list of scalars',
      target: { finalizers: ['a', 'b'] },
      patch: { '$deleteFromPrimitiveList/finalizers': ['a'] },
      want: { finalizers: ['b'] },
    },
    {
      outcome: 'removes what is null',
      target: { labels: { a: '1', b: '2' } },
      patch: { labels: { a: null } },
      want: { labels: { b: '2' } },
    },
    {
      outcome: 'keeps only the keys it is told to retain',
      target: { strategy: { type: 'RollingUpdate', rollingUpdate: {} } },
      patch: { strategy: { type: 'Recreate', $retainKeys: ['type'] } },
      want: { strategy: { type: 'Recreate' } },
    },
    {
      outcome: 'replaces an object when told to',
      target: { labels: { a: '1' } },
      patch: { labels: { $patch: 'replace', b: '2' } },
      want: { labels: { b: '2' } },
    },
    {
      outcome: 'orders a list as told',
      target: { containers: [app, side] },
      patch: {
        '$setElementOrder/containers': [{ name: 'side' }, { name: 'app' }],
        containers: [{ name: 'app', image: 'app:v2' }],
      },
      want: { containers: [side, { name: 'app', image: 'app:v2' }] },
    },
  ])('$outcome', ({ target, patch, want }) => {
    const before = structuredClone(target);
    expect(strategicMergePatch<unknown>(target, patch)).toEqual(want);
    expect(target).toEqual(before);
  });
});
