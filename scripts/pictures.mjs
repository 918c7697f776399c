// `npm run pictures`: takes the pictures of docs/images anew, from the demo.
import { runWithBrowser } from './lib/runWithBrowser.mjs';

await runWithBrowser('test/pictures/main.ts', 'taking pictures');
