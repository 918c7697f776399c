import { spawn } from 'node:child_process';
import { readFileSync, rmSync } from 'node:fs';
import path from 'node:path';
import { PlantedBug } from './PlantedBug';
import { Scratch } from './Scratch';

/** Who found a bug, and how long that took. */
export interface Finding {
  readonly by: 'its room' | 'what reaches it' | 'nobody';
  readonly seconds: number;
}

/**
 * Plants the bug, runs suites until one fails, and takes it out again.
 *
 * @throws Error when a suite cannot even be loaded: that is no find
 */
export async function findBug(
  scratch: Scratch,
  { file, from, to }: PlantedBug,
): Promise<Finding> {
  const sound = scratch.read(file);
  const startedAt = performance.now();
  const finding = (by: Finding['by']): Finding => ({
    by,
    seconds: Math.round((performance.now() - startedAt) / 1000),
  });
  // A function as the second argument: `$` means nothing in it.
  scratch.write(
    file,
    sound.replace(from, () => to),
  );
  try {
    const room = path.posix.dirname(file);
    if (await fails(scratch, [`${room}/`])) return finding('its room');
    if (await fails(scratch, ['--findRelatedTests', file])) {
      return finding('what reaches it');
    }
    return finding('nobody');
  } finally {
    scratch.write(file, sound);
  }
}

async function fails(scratch: Scratch, suites: string[]): Promise<boolean> {
  const report = path.join(scratch.folder, 'mutation.json');
  rmSync(report, { force: true });
  await run(scratch.folder, [
    'node_modules/@backstage/cli/bin/backstage-cli',
    'repo',
    'test',
    '--no-watch',
    '--maxWorkers=1',
    '--passWithNoTests',
    '--bail=1',
    '--json',
    `--outputFile=${report}`,
    ...suites,
  ]);
  const { numFailedTests, numRuntimeErrorTestSuites, testResults } = JSON.parse(
    readFileSync(report, 'utf8'),
  );
  if (numFailedTests === 0 && numRuntimeErrorTestSuites > 0) {
    const why = testResults.find(({ message }: any) => message)?.message;
    throw new Error(`A suite cannot be loaded with the bug in it:\n${why}`);
  }
  return numFailedTests > 0;
}

function run(cwd: string, args: string[]): Promise<void> {
  return new Promise((resolve, reject) => {
    spawn(process.execPath, args, {
      cwd,
      stdio: 'ignore',
      env: {
        ...process.env,
        BACKSTAGE_TEST_DISABLE_DOCKER: '1',
        NODE_ENV: 'test',
      },
    })
      .on('error', reject)
      .on('exit', () => resolve());
  });
}
