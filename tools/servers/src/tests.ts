import { startTestServers } from './test-servers';

/** `npm test` after its set-up; answers the exit code. */
export async function runTests(args: readonly string[]): Promise<number> {
  const servers = await startTestServers((line) => console.error(line));
  if (args.includes('--servers')) {
    for (const [name, value] of Object.entries(servers.environment)) {
      console.log(`export ${name}='${value}'`);
    }
    await interrupted();
    await servers.remove();
    return 0;
  }
  await servers.remove();
  return 1;
}

/** Resolves at Ctrl-C or SIGTERM. */
export function interrupted(): Promise<void> {
  return new Promise((resolve) => {
    // The timer keeps the process alive: listening for a signal does not.
    const alive = setInterval(() => undefined, 60_000);
    for (const signal of ['SIGINT', 'SIGTERM'] as const) {
      process.once(signal, () => {
        clearInterval(alive);
        resolve();
      });
    }
  });
}
