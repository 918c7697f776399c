// `npm run benchmark:metrics`: what measuring a thousand rollouts costs, each alone and gathered.
import { runTypeScript } from './lib/runTypeScript.mjs';

await runTypeScript('test/benchmark/metrics.ts');
