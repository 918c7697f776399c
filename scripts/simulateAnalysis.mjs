// `npm run simulate:analysis -- --seed N --rollouts N`: how often our judges stop
// healthy rollouts, and how soon they find bad ones.
import { runTypeScript } from './lib/runTypeScript.mjs';

await runTypeScript('test/simulation/main.ts');
