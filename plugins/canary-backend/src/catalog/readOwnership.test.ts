import { readOwnership } from './readOwnership';

const relations = (...found: [type: string, targetRef: string][]) =>
  readOwnership({
    apiVersion: 'backstage.io/v1alpha1',
    kind: 'Component',
    metadata: { name: 'checkout' },
    relations: found.map(([type, targetRef]) => ({ type, targetRef })),
  });

it.each<[string, ReturnType<typeof relations>, object]>([
  ['nothing where the catalog says nothing', relations(), {}],
  [
    'the first owner, spelled as everywhere',
    relations(
      ['ownedBy', 'Group:Default/Shop'],
      ['ownedBy', 'user:default/ada'],
    ),
    { owner: 'group:default/shop' },
  ],
  [
    'the system, not the component or domain that it is part of, too',
    relations(
      ['partOf', 'component:default/shop'],
      ['partOf', 'System:default/Commerce'],
    ),
    { system: 'system:default/commerce' },
  ],
  [
    'neither from the other direction of a relation',
    relations(['ownerOf', 'group:default/a'], ['hasPart', 'system:default/b']),
    {},
  ],
])('reads %s', (_, found, want) => {
  expect(found).toEqual(want);
});

it('reads entities without relations', () => {
  expect(
    readOwnership({
      apiVersion: 'backstage.io/v1alpha1',
      kind: 'Component',
      metadata: { name: 'bare' },
    }),
  ).toEqual({});
});
