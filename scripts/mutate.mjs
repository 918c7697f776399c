// `npm run mutate -- --shard I/N --only PART`: puts one bug after the other into
// a copy, and sees a suite fail.
import { runTypeScript } from './lib/runTypeScript.mjs';

await runTypeScript('test/mutation/main.ts');
