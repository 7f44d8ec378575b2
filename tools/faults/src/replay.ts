import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { checkout, plainEnvironment, runOperator } from '@garda/servers';
import type { Violation } from './oracle/snapshot';
import type { World } from './world/world';

/**
 * A fold from zero, by the analyst's program: it reads the topics alone and compares the digests of all case states with
 * what the services say of their projections.
 */
export async function judgeReplay(world: World): Promise<Violation[]> {
  const token = await runOperator(world.folder, ['token', 'tpkp2.auditor'], true);
  const env = {
    ...plainEnvironment(),
    KAFKA_BROKERS: world.kafka.brokers,
    KAFKA_USERNAME: 'analyst',
    KAFKA_PASSWORD: world.secrets.kafka.analyst,
    GATEWAY_URL: world.urls.gateway,
    GARDA_TOKEN: token.stdout.trim(),
  };
  const { code, said } = await run([join(checkout, 'apps', 'analyst', 'dist', 'main.js'), 'replay', '--compare'], env);
  if (code === 0) return [];
  return [{ rule: 'a projection equals a fold from zero', words: said.trim().split('\n').slice(-4).join(' | ') }];
}

function run(args: readonly string[], env: NodeJS.ProcessEnv): Promise<{ code: number; said: string }> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, args, { env, stdio: ['ignore', 'pipe', 'pipe'] });
    let said = '';
    for (const stream of [child.stdout, child.stderr])
      stream.on('data', (chunk: Buffer) => void (said += chunk.toString()));
    child.once('error', reject);
    child.once('close', (code) => resolve({ code: code ?? 1, said }));
  });
}
