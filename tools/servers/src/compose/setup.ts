/** For docker/compose.yaml, once before the services: databases, roles, topics and rights. Safe to repeat. */
import { makeDatabases } from '../databases';
import { databaseServices } from '../names';
import type { Secrets } from '../secrets';
import { makeTopicsAndRights } from '../topics';
import { needed, neededPer } from './environment';

async function main(env: NodeJS.ProcessEnv): Promise<void> {
  const owners = neededPer(env, databaseServices, (name) => `POSTGRES_PASSWORD_${name}_OWNER`);
  const apps = neededPer(env, databaseServices, (name) => `POSTGRES_PASSWORD_${name}_APP`);
  const passwords = Object.fromEntries(
    databaseServices.map((name) => [name, { owner: owners[name], app: apps[name] }]),
  ) as Omit<Secrets['databases'], 'superuser'>;
  const partitions = Number(needed(env, 'GARDA_TOPIC_PARTITIONS'));
  await makeDatabases(needed(env, 'ADMIN_DATABASE_URL'), { superuser: '', ...passwords } as Secrets['databases']);
  console.log('Databases and roles are there.');
  await makeTopicsAndRights(needed(env, 'KAFKA_BROKERS'), needed(env, 'KAFKA_PASSWORD_ADMIN'), { partitions });
  console.log('Topics and rights are there.');
}

main(process.env).catch((error: Error) => {
  console.error(error.message);
  process.exitCode = 1;
});
