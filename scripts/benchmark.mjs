// `npm run benchmark`: measures the page in a real browser against the demo with
// years of history, beside the Kubernetes plugin's own tab.
import { runWithBrowser } from './lib/runWithBrowser.mjs';

await runWithBrowser('test/benchmark/main.ts', 'the benchmark');
