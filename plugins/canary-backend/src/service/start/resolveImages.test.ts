import { resolveImages } from './resolveImages';

const ONE = { app: 'shop/checkout:v1' };
const TWO = { app: 'shop/checkout:v1', proxy: 'reg:5000/envoy:1.30' };
const SAME = { a: 'shop/checkout:v1', b: 'shop/checkout@sha256:0' };
const plan = { name: 'careful' };
const observing = { name: 'observe', observeOnly: true as const };
const DIGEST = `sha256:${'0a'.repeat(32)}`;

describe('resolveImages', () => {
  it.each([
    ['the only container', { image: 'other/thing:1' }, ONE, 'app'],
    ['the same repository', { image: 'shop/checkout:v2' }, TWO, 'app'],
    [
      'the same repository on a port',
      { image: 'reg:5000/envoy' },
      TWO,
      'proxy',
    ],
    ['a digest', { image: `shop/checkout@${DIGEST}` }, TWO, 'app'],
    ['a named container', { images: { proxy: 'x:1' } }, TWO, 'proxy'],
  ])('gives the image to %s', (_, request, template, container) => {
    const { stable, canary } = resolveImages(request, template, plan);
    expect(Object.keys(canary)).toEqual([container]);
    expect(stable).toEqual({
      [container]: (template as Record<string, string>)[container],
    });
  });

  it('takes the unchanged container of a pair along', () => {
    const images = { app: 'shop/checkout:v2', proxy: 'reg:5000/envoy:1.30' };
    expect(resolveImages({ images }, TWO, plan)).toEqual({
      stable: TWO,
      canary: images,
    });
  });

  it.each([
    ['both', { image: 'a:1', images: { app: 'a:1' } }, ONE, /either image or/],
    ['none', {}, ONE, /either image or images/],
    ['an empty image', { image: ' ' }, ONE, /image is empty/],
    ['an empty map', { images: {} }, ONE, /images is empty/],
    ['an empty entry', { images: { app: '' } }, ONE, /images.app is empty/],
    ['a shell', { image: 'a:1; rm -rf /' }, ONE, /not an image reference/],
    ['a line break', { image: 'a:1\n' }, ONE, /not an image reference/],
    ['an endless one', { image: 'a'.repeat(600) }, ONE, /not an image ref/],
    ['the stable', { image: 'shop/checkout:v1' }, ONE, /runs .*v1 already/],
    ['another repository', { image: 'x:1' }, TWO, /none of app, proxy .* x;/],
    [
      'two candidates',
      { image: 'shop/checkout:v2' },
      SAME,
      /2 of a, b come from shop\/checkout; use images: {"a":"shop\/checkout:v2","b":"shop\/checkout:v2"}/,
    ],
    [
      'an unknown container',
      { images: { web: 'x:1' } },
      TWO,
      /"web", but the containers are app, proxy/,
    ],
    [
      'a name from the prototype',
      { images: { constructor: 'x:1' } },
      ONE,
      /"constructor"/,
    ],
  ])('refuses %s with what to do', (_, request, template, message) => {
    expect(() => resolveImages(request, template, plan)).toThrow(
      expect.objectContaining({
        name: 'InputError',
        message: expect.stringMatching(message),
      }),
    );
  });
});

describe('resolveImages for a plan that only observes', () => {
  it('takes what the stable runs', () => {
    expect(resolveImages({ image: ONE.app }, ONE, observing)).toEqual({
      stable: ONE,
      canary: ONE,
    });
  });

  it.each([
    ['another version', { image: 'shop/checkout:v2' }, ONE],
    [
      'another version of one of two containers',
      { images: { ...TWO, app: 'shop/checkout:v2' } },
      TWO,
    ],
  ])('refuses %s, which nothing would judge', (_, request, template) => {
    expect(() => resolveImages(request, template, observing)).toThrow(
      expect.objectContaining({
        name: 'InputError',
        message:
          "Plan observe only observes, so it takes no image but the stable's: name shop/checkout:v1, or another plan for shop/checkout:v2",
      }),
    );
  });
});
