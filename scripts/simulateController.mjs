// `npm run simulate:controller -- --seeds N --from S --mode M`: whether rollouts
// survive whatever happens to portal, database and cluster.
import { runTypeScript } from './lib/runTypeScript.mjs';

await runTypeScript('test/simulation/controller/main.ts');
