import { describeVersions } from './describeVersions';

const A = `sha256:${'a'.repeat(64)}`;
const B = `sha256:${'b'.repeat(64)}`;
const [shortA, shortB] = [A, B].map(digest => digest.slice(0, 19));

describe('describeVersions', () => {
  it.each([
    ['shop/checkout:v1', 'shop/checkout:v2', 'v1', 'v2'],
    ['registry:5000/shop:v1', 'registry:5000/shop:v2', 'v1', 'v2'],
    ['registry:5000/shop', 'registry:5000/shop:v2', undefined, undefined],
    [`shop:v1@${A}`, `shop:v2@${B}`, 'v1', 'v2'],
    [`shop:v1@${A}`, `shop:v1@${B}`, shortA, shortB],
    [`shop@${A}`, `shop@${B}`, shortA, shortB],
    ['shop:v1', 'shop:v1', 'v1', 'v1'],
    ['old/shop:v1', 'new/shop:v1', undefined, undefined],
    ['not an image', 'neither: this', undefined, undefined],
    ['', 'shop:v1', undefined, undefined],
  ])('of %s and %s', (stable, canary, from, to) => {
    expect(
      describeVersions({ stable: { app: stable }, canary: { app: canary } }),
    ).toEqual([{ container: 'app', from: from ?? stable, to: to ?? canary }]);
  });

  it('names only the containers that change', () => {
    expect(
      describeVersions({
        stable: { app: 'shop:v1', proxy: 'proxy:1' },
        canary: { app: 'shop:v2', proxy: 'proxy:1' },
      }),
    ).toEqual([{ container: 'app', from: 'v1', to: 'v2' }]);
  });

  it('names what comes and what goes', () => {
    expect(
      describeVersions({ stable: { app: 'a:1' }, canary: { web: 'b:2' } }),
    ).toEqual([
      { container: 'web', from: undefined, to: 'b:2' },
      { container: 'app', from: 'a:1', to: undefined },
    ]);
  });
});
