import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** Runs the text of a spec file in a jest of its own and answers what jest said: how we see that a helper fails a test. */
export function runInNewJest(spec: string): string {
  const home = dirname(__dirname);
  // Within the checkout, so that packages are found; within dist, so that no other run takes the planted file for a spec.
  mkdirSync(join(home, 'dist'), { recursive: true });
  const folder = mkdtempSync(join(home, 'dist', 'planted-'));
  try {
    writeFileSync(join(folder, 'planted.spec.ts'), spec);
    const config = { preset: '../../../../jest.preset.cjs', rootDir: folder };
    const jest = join(dirname(require.resolve('jest/package.json')), 'bin', 'jest.js');
    const args = [jest, '--config', JSON.stringify(config), '--runInBand', '--no-cache'];
    const done = spawnSync(process.execPath, args, { cwd: folder, encoding: 'utf8' });
    return `${done.stdout}${done.stderr}`;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
