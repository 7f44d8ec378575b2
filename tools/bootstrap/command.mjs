/** Runs a command of tools/servers after the set-up: its answer is the exit code, its failure is one message. */
import { build, giveUp, prepare } from './prepare.mjs';

/**
 * @param needs what to check and build first: `java` when it starts Kafka, `projects` to build (all when left out)
 * @param work gets the built module of tools/servers and answers the exit code
 */
export async function command(needs, work) {
  prepare(needs);
  build(needs.projects);
  const servers = await import('../servers/dist/index.js');
  try {
    process.exitCode = await work(servers);
  } catch (error) {
    // The stack of a failure that is told in words only distracts; DEBUG shows it.
    giveUp(process.env.DEBUG === undefined ? error.message : error.stack);
  }
}
