/** For docker/compose.yaml, once before the broker: its settings, its principals, and how it starts. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { scramArguments, serverProperties } from '../kafka-config';
import { kafkaPrincipals } from '../names';
import { needed, neededPer } from './environment';

const data = '/var/lib/kafka/data/log';

/** Makes the storage the first time; `exec`, so that the broker gets the signals of the container. */
const start = `set -euf
if [ ! -f ${data}/meta.properties ]; then
  # Hexadecimal passwords: nothing in the list needs quoting.
  /opt/kafka/bin/kafka-storage.sh format "--cluster-id=$(cat /config/cluster-id)" -c /config/server.properties $(cat /config/scram.args) > /dev/null
fi
exec /opt/kafka/bin/kafka-server-start.sh /config/server.properties
`;

export function kafkaFiles(env: NodeJS.ProcessEnv): Readonly<Record<string, string>> {
  const passwords = neededPer(env, kafkaPrincipals, (name) => `KAFKA_PASSWORD_${name}`);
  return {
    'server.properties': serverProperties({ data, port: 9092, controllerPort: 9093, passwords, host: 'kafka' }),
    'scram.args': scramArguments(passwords).join(' '),
    'cluster-id': needed(env, 'KAFKA_CLUSTER_ID'),
    'start.sh': start,
  };
}

if (require.main === module) {
  const [folder = '/config'] = process.argv.slice(2);
  // The broker runs as another user, and shares nothing with us but this volume, which nobody else has.
  for (const [name, content] of Object.entries(kafkaFiles(process.env)))
    writeFileSync(join(folder, name), content, { mode: 0o644 });
}
