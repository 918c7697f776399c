import { browserPath } from './Browser';

/** Where a machine has no browser, its tests are skipped by name; `npm test` says so. */
export const describeWithBrowser = browserPath ? describe : describe.skip;
