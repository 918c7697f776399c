import { hundredthsOf, isInHundredths, shareOf } from './percent';

describe('a share', () => {
  it.each`
    part         | whole        | want
    ${0}         | ${0}         | ${0}
    ${0}         | ${7}         | ${0}
    ${1}         | ${1}         | ${100}
    ${1}         | ${3}         | ${33.33}
    ${2}         | ${3}         | ${66.67}
    ${1}         | ${6}         | ${16.67}
    ${3}         | ${13}        | ${23.08}
    ${9_999}     | ${10_000}    | ${99.99}
    ${1}         | ${1_000_000} | ${0.01}
    ${1_000_000} | ${1_000_000} | ${100}
  `('is $want % where $part of $whole are the canary', row => {
    expect(shareOf(row.part, row.whole)).toBe(row.want);
  });

  it('reads back as the hundredths that were asked for', () => {
    const all = Array.from({ length: 10_001 }, (_, hundredths) => hundredths);
    const wrong = all.filter(
      hundredths =>
        hundredthsOf(hundredths / 100) !== hundredths ||
        shareOf(hundredths, 10_000) !== hundredths / 100 ||
        !isInHundredths(hundredths / 100) ||
        isInHundredths((hundredths + 0.5) / 100),
    );
    expect(wrong).toEqual([]);
  });
});
