import { imageBehaviour, parseImage } from './imageBehaviour';
import { ImageTags } from './imageId';

describe('imageBehaviour', () => {
  const healthy = { kind: 'serves', errorFactor: 1, slowShare: 0 };

  it.each([
    ['shop/checkout:v1', healthy],
    ['shop/checkout', healthy],
    ['registry:5000/shop/checkout', healthy],
    ['shop/checkout-errors:v1', healthy],
    ['shop/checkout:v2-errors', { ...healthy, errorShare: 0.05 }],
    ['shop/checkout:v2-subtle', { ...healthy, errorFactor: 3 }],
    ['shop/checkout:v2-slow', { ...healthy, slowShare: 0.15 }],
    ['shop/checkout:v2-crash', { kind: 'crashes' }],
    ['shop/checkout:v2-missing', { kind: 'cannotBePulled' }],
  ])('of %s', (image, want) => {
    expect(imageBehaviour(image)).toEqual(want);
  });
});

describe('parseImage', () => {
  it.each([
    ['shop/checkout:v1', { service: 'checkout', tag: 'v1' }],
    ['registry:5000/checkout', { service: 'checkout', tag: 'latest' }],
    ['shop/checkout@sha256:ab', { service: 'checkout', tag: 'sha256:ab' }],
  ])('of %s', (image, want) => {
    expect(parseImage(image)).toEqual(want);
  });
});

describe('ImageTags', () => {
  it('gives a tag one id until it is pushed again', () => {
    const tags = new ImageTags();
    const first = tags.imageId('shop/checkout:v1');
    expect(first).toMatch(/^shop\/checkout@sha256:[0-9a-f]{64}$/);
    expect(tags.imageId('shop/checkout:v1')).toBe(first);
    tags.push('shop/checkout:v1');
    expect(tags.imageId('shop/checkout:v1')).not.toBe(first);
    expect(tags.imageId('shop/checkout:v2')).not.toBe(first);
  });
});
