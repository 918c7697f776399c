import { spawn } from 'node:child_process';
import { install } from './install.mjs';
import { root } from './say.mjs';

/** Installs what is missing, then runs a file of the repository with this command's arguments, and ends as it does. */
export async function runTypeScript(file) {
  await install();
  const child = spawn(
    process.execPath,
    [
      '--require',
      '@backstage/cli/config/nodeTransform.cjs',
      file,
      ...process.argv.slice(2),
    ],
    { cwd: root, stdio: 'inherit' },
  );
  child.on('exit', code => process.exit(code ?? 1));
}
