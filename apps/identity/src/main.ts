import { startIdentity } from './server';

startIdentity(process.env).then(
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
