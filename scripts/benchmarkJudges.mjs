// `npm run benchmark:judges`: what the judges cost for an hour and for a day of points.
import { runTypeScript } from './lib/runTypeScript.mjs';

await runTypeScript('test/benchmark/judges.ts');
