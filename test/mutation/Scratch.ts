import { execFileSync } from 'node:child_process';
import {
  existsSync,
  readdirSync,
  readFileSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import path from 'node:path';

/**
 * A copy of what is committed, to be broken: a worktree of its own, so that a
 * run that is killed leaves nothing in the checkout that people work in.
 */
export class Scratch {
  constructor(private readonly root: string, readonly folder: string) {}

  open(): void {
    this.close();
    this.git('worktree', 'add', '--quiet', '--detach', this.folder, 'HEAD');
    const packages = ['packages', 'plugins'].flatMap(group =>
      readdirSync(path.join(this.root, group)).map(name =>
        path.join(group, name),
      ),
    );
    for (const one of ['.', 'test', ...packages]) {
      const installed = path.join(this.root, one, 'node_modules');
      if (!existsSync(installed)) continue;
      symlinkSync(installed, path.join(this.folder, one, 'node_modules'));
    }
  }

  close(): void {
    if (!existsSync(this.folder)) return;
    this.git('worktree', 'remove', '--force', this.folder);
  }

  read(file: string): string {
    return readFileSync(path.join(this.folder, file), 'utf8');
  }

  write(file: string, text: string): void {
    writeFileSync(path.join(this.folder, file), text);
  }

  private git(...args: string[]): void {
    execFileSync('git', args, { cwd: this.root, stdio: 'ignore' });
  }
}
