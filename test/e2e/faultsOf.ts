import { readFileSync } from 'node:fs';
import { Page } from 'playwright-core';

const axe = readFileSync(require.resolve('axe-core/axe.min.js'), 'utf8');

/**
 * What is wrong with a part of the page as it is shown: the rules of
 * accessibility that it breaks, and what scrolls sideways.
 *
 * @param part - selector; the page around the plugin belongs to the app
 */
export async function faultsOf(page: Page, part: string): Promise<string[]> {
  return [...(await violations(page, part)), ...(await wider(page, part))];
}

/** A page that is wider than its window scrolls sideways, and so does a part; a region in it may. */
async function wider(page: Page, part: string): Promise<string[]> {
  return page.evaluate(selector => {
    const by = document.documentElement.scrollWidth - window.innerWidth;
    const parts = [
      ...document.querySelectorAll(`${selector}, ${selector} *`),
    ].filter(
      element =>
        ['auto', 'scroll'].includes(getComputedStyle(element).overflowX) &&
        !element.matches('[role=region], textarea') &&
        element.scrollWidth > element.clientWidth,
    );
    return [
      ...(by > 0 ? [`scrolls sideways by ${by} px`] : []),
      ...parts.map(
        element =>
          `${element.className} scrolls sideways by ${
            element.scrollWidth - element.clientWidth
          } px`,
      ),
    ];
  }, part);
}

/** Every violation as one line: the rule and the element that breaks it. */
async function violations(page: Page, part: string): Promise<string[]> {
  await page.evaluate(axe);
  return page.evaluate(async selector => {
    const { violations: found } = await (window as any).axe.run(
      { include: [[selector]] },
      { resultTypes: ['violations'] },
    );
    return found.flatMap((violation: any) =>
      violation.nodes.map(
        (node: any) => `${violation.id}: ${node.target.join(' ')}`,
      ),
    );
  }, part);
}
