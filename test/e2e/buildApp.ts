import { execFile } from 'node:child_process';
import {
  cpSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { gzipSync } from 'node:zlib';

const app = path.resolve(__dirname, '../../packages/app');

/** A file of a built app that the browser loads. */
export interface BuiltFile {
  readonly name: string;
  readonly text: string;
  /** Bytes after gzip, as a web server sends it. */
  readonly gzipped: number;
}

/** A production build of the app. */
export interface BuiltApp {
  /** What every page loads before anything is shown. */
  readonly entry: readonly BuiltFile[];
  /** What is loaded on demand. */
  readonly chunks: readonly BuiltFile[];
}

/**
 * Builds the app for production into `packages/app/dist`, from which the
 * backend serves it.
 *
 * @param options.exclude - packages whose plugins the app goes without
 */
export async function buildApp(
  options: { exclude?: readonly string[] } = {},
): Promise<BuiltApp> {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'canary-build-'));
  const override = path.join(folder, 'app-config.yaml');
  writeFileSync(
    override,
    JSON.stringify(
      options.exclude
        ? { app: { packages: { exclude: options.exclude } } }
        : {},
    ),
  );
  try {
    await promisify(execFile)(
      process.execPath,
      [
        '../../node_modules/@backstage/cli/bin/backstage-cli',
        'package',
        'build',
        ...['../../app-config.yaml', override].flatMap(file => [
          '--config',
          file,
        ]),
      ],
      {
        cwd: app,
        env: { ...process.env, NODE_ENV: 'production' },
        maxBuffer: 64 * 1024 * 1024,
      },
    );
    const dist = path.join(folder, 'dist');
    cpSync(path.join(app, 'dist'), dist, { recursive: true });
    return readBuild(dist);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function readBuild(dist: string): BuiltApp {
  const html = readFileSync(path.join(dist, 'index.html'), 'utf8');
  const needed = [...html.matchAll(/<script[^>]* src="\/(static\/[^"]+)"/g)];
  const entry = needed.map(([, name]) => readBuilt(dist, name));
  const known = new Set(entry.map(({ name }) => name));
  const chunks = readdirSync(path.join(dist, 'static'))
    .map(name => `static/${name}`)
    .filter(name => name.endsWith('.js') && !known.has(name))
    .map(name => readBuilt(dist, name));
  return { entry, chunks };
}

function readBuilt(dist: string, name: string): BuiltFile {
  const bytes = readFileSync(path.join(dist, name));
  return {
    name,
    text: bytes.toString('utf8'),
    gzipped: gzipSync(bytes).length,
  };
}

/** Bytes after gzip of several files. */
export function gzippedSize(files: readonly BuiltFile[]): number {
  return files.reduce((sum, { gzipped }) => sum + gzipped, 0);
}
