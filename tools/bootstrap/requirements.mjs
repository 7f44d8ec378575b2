/** Which tools of the machine are missing or too old: one sentence each, with what to install. */
import { spawnSync } from 'node:child_process';

/** What Kafka needs: Java, and Maven while its jars are not there yet. */
export function findTools({ maven }) {
  return [javaProblem(), maven ? mavenProblem() : undefined].filter((problem) => problem !== undefined);
}

export function nodeProblem(version = process.versions.node) {
  const [major, minor] = version.split('.').map(Number);
  if (major > 20 || (major === 20 && minor >= 19)) {
    return undefined;
  }
  return `Garda needs Node.js 20.19 or newer and this is ${version}: install it from https://nodejs.org or by your version manager.`;
}

function javaProblem() {
  const install = 'install a JDK of version 17 or newer (Debian: apt-get install openjdk-17-jdk-headless)';
  const said = spawnSync('java', ['-version'], { encoding: 'utf8' });
  if (said.error !== undefined || said.status !== 0) {
    return `Kafka needs Java and there is none on the path: ${install}.`;
  }
  const version = /version "(\d+)/.exec(`${said.stderr}${said.stdout}`)?.[1];
  if (version !== undefined && Number(version) < 17) {
    return `Kafka needs Java 17 or newer and this is ${version}: ${install}.`;
  }
  return undefined;
}

function mavenProblem() {
  const install = 'install Maven 3.6 or newer (Debian: apt-get install maven)';
  const said = spawnSync('mvn', ['-version'], { encoding: 'utf8' });
  if (said.error !== undefined || said.status !== 0) {
    return `Kafka's jars are fetched once by Maven and there is none on the path: ${install}.`;
  }
  return undefined;
}
