import { createLog } from '@garda/service';
import { consoleToLog } from './console-to-log';
import type { RunningIdentity } from './server';

consoleToLog(createLog({ service: 'identity' }));

start().then(
  (identity) => {
    for (const signal of ['SIGTERM', 'SIGINT'] as const)
      process.once(signal, () => {
        void identity.close().then(() => process.exit(0));
      });
  },
  (error: unknown) => {
    process.stderr.write(`identity: ${error instanceof Error ? error.message : String(error)}\n`);
    process.exit(1);
  },
);

/** Loaded only now: the provider's library warns while it is loaded. */
async function start(): Promise<RunningIdentity> {
  const { startIdentity } = await import('./server.js');
  return startIdentity(process.env);
}
