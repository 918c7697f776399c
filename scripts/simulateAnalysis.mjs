// `npm run simulate:analysis -- --seed N --rollouts N`: how often our judges stop
// healthy rollouts, and how soon they find bad ones.
import { spawn } from 'node:child_process';
import { install } from './lib/install.mjs';
import { root } from './lib/say.mjs';

await install();
const child = spawn(
  process.execPath,
  [
    '--require',
    '@backstage/cli/config/nodeTransform.cjs',
    'test/simulation/main.ts',
    ...process.argv.slice(2),
  ],
  { cwd: root, stdio: 'inherit' },
);
child.on('exit', code => process.exit(code ?? 1));
