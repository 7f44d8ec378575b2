import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { plainEnvironment } from '../child';
import { checkout } from '../folders';

export interface OperatorResult {
  readonly code: number;
  readonly stdout: string;
  /** Empty unless it was run quietly. */
  readonly stderr: string;
}

/**
 * Runs the operator's command line against an instance. It reads where that is from the instance's folder. What it says
 * goes to our terminal unless `quiet`, and is answered as well.
 */
export function runOperator(folder: string, args: readonly string[], quiet = false): Promise<OperatorResult> {
  const main = join(checkout, 'tools', 'operator', 'dist', 'main.js');
  const env = { ...plainEnvironment(), GARDA_FOLDER: folder, GARDA_CHECKOUT: checkout, FORCE_COLOR: colours() };
  const child = spawn(process.execPath, ['--enable-source-maps', main, ...args], {
    cwd: checkout,
    env,
    stdio: ['ignore', 'pipe', quiet ? 'pipe' : 'inherit'],
  });
  return new Promise((resolve, reject) => {
    let stdout = '';
    let stderr = '';
    child.stderr?.on('data', (chunk: Buffer) => void (stderr += chunk.toString('utf8')));
    child.stdout?.on('data', (chunk: Buffer) => {
      stdout += chunk.toString('utf8');
      if (!quiet) {
        process.stdout.write(chunk);
      }
    });
    child.once('error', reject);
    child.once('close', (code) => resolve({ code: code ?? 1, stdout, stderr }));
  });
}

/** Its output passes through us, so it cannot see for itself whether it is shown on a terminal. */
function colours(): string {
  return process.stdout.isTTY ? '1' : '0';
}

/** Publishes a catalogue in an instance; throws with everything the operator said when that fails. */
export async function publishCatalogue(folder: string, catalogue: string): Promise<void> {
  const { code, stdout, stderr } = await runOperator(folder, ['catalogue', 'publish', catalogue], true);
  if (code !== 0) {
    throw new Error(`The catalogue could not be published:\n${stdout}${stderr}`);
  }
}
