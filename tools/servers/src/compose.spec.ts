import Ajv from 'ajv';
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parse } from 'yaml';
import { compose } from './commands/compose';
import { composeEnvironment } from './compose/environment';
import { kafkaFiles } from './compose/kafka-files';
import { checkout } from './folders';
import { services } from './names';
import { newSecrets } from './secrets';
import { serviceEnvironment } from './service-env';

const docker = join(checkout, 'docker');
const text = readFileSync(join(docker, 'compose.yaml'), 'utf8');
const document = parse(text, { merge: true }) as {
  services: Record<string, { command?: string[]; environment?: Record<string, string>; image?: string }>;
};
const messages = ['GARDA_MESSAGE_CHANNEL', 'GARDA_MESSAGE_URL', 'GARDA_MESSAGE_KEY'];
const optional = ['GARDA_TAG', 'OTEL_EXPORTER_OTLP_ENDPOINT', ...messages];
const secrets = newSecrets();

const schemaFile =
  process.env['GARDA_COMPOSE_SCHEMA'] ?? join(checkout, '..', 'shared', 'schemas', 'compose-spec.json');
const withSchema = existsSync(schemaFile) ? it : it.skip;
if (!existsSync(schemaFile))
  console.warn(
    'compose.yaml is not compared with the Compose Specification: set GARDA_COMPOSE_SCHEMA to its JSON Schema.',
  );

withSchema('compose.yaml is as the Compose Specification says, and a wrong word would be seen', () => {
  const schema = JSON.parse(readFileSync(schemaFile, 'utf8')) as object;
  const isValid = new Ajv({ strict: false, validateFormats: false, meta: false, validateSchema: false }).compile(
    schema,
  );
  expect([isValid(document), isValid.errors ?? []]).toEqual([true, []]);
  expect(isValid({ services: { intake: { imagge: 'x' } } })).toBe(false);
});

it('every secret that compose.yaml asks for is made by `npm run compose` and named in .env.example, and no other', () => {
  const asked = new Set([...text.matchAll(/\$\{([A-Z0-9_]+)(?::[-?][^}]*)?\}/g)].map(([, name]) => name as string));
  const made = Object.keys(composeEnvironment(secrets, 'of-grafana'));
  expect([...asked].sort()).toEqual([...made, ...optional].sort());
  const example = readFileSync(join(docker, '.env.example'), 'utf8');
  const lines = example.split('\n').filter((line) => /^[A-Z]/.test(line));
  expect(lines.map((line) => line.split('=')[0]).sort()).toEqual([...asked].sort());
  expect(lines.filter((line) => !line.endsWith('=') && !line.startsWith('GARDA_TAG='))).toEqual([]);
});

it('no line of compose.yaml holds a secret: each comes from a variable', () => {
  for (const [name, { environment = {} }] of Object.entries(document.services))
    for (const [variable, value] of Object.entries(environment))
      if (/PASSWORD|_KEY|JWK|SECRET/.test(variable))
        expect([name, variable, value]).toEqual([name, variable, expect.stringMatching(/^\$\{/)]);
});

it.each(services)('%s is given what `npm start` gives it', (service) => {
  const ports = {
    postgres: 1,
    kafka: 2,
    kafkaController: 3,
    gateway: 4,
    intake: 5,
    routing: 6,
    resolution: 7,
    identity: 8,
    gatewayMetrics: 9,
    intakeMetrics: 10,
    routingMetrics: 11,
    resolutionMetrics: 12,
  };
  const database = { app: 'postgres://a', owner: 'postgres://b' };
  const login = { username: 'x', password: 'y' };
  const connections = {
    databases: { intake: database, routing: database, resolution: database, gateway: database },
    kafka: {
      brokers: 'b',
      ssl: 'false',
      users: {
        ...{ intake: login, routing: login, resolution: login, gateway: login, analyst: login },
        'restricted-intake': login,
        'restricted-routing': login,
        'restricted-resolution': login,
        'restricted-gateway': login,
      },
    },
  };
  const settings = {
    folder: '/f',
    mode: 'demo',
    ports,
    secrets,
    connections,
    catalogue: '/c',
    jurisdiction: 'j',
  } as const;
  const started = serviceEnvironment(service, { ...settings, zone: 'z', clockStart: 'then', logLevel: 'info' });
  const ofTheMachine = ['PATH', 'HOME', 'JAVA_HOME', 'TMPDIR', 'TZ', 'SystemRoot', 'NODE_ENV', ...optional, 'HOST'];
  const names = (environment: object): string[] =>
    Object.keys(environment).filter((name) => !ofTheMachine.includes(name));
  const given = names(document.services[service]?.environment ?? {});
  expect(given).toEqual(expect.arrayContaining(names(started)));
  expect(document.services[service]?.command).toEqual([`apps/${service}/dist/main.js`]);
});

it('the image does not run as root', () => {
  const users = [...readFileSync(join(docker, 'Dockerfile'), 'utf8').matchAll(/^USER (.+)$/gm)].map(([, user]) => user);
  expect(users).toEqual(['node']);
});

it('the broker is reached by its name, knows every principal, and its controller stays inside', () => {
  const files = kafkaFiles(composeEnvironment(secrets, 'of-grafana'));
  expect(files['server.properties']).toContain('listeners=CLIENT://:9092,CONTROLLER://127.0.0.1:9093\n');
  expect(files['server.properties']).toContain('advertised.listeners=CLIENT://kafka:9092\n');
  for (const name of ['broker', 'admin', 'intake', 'routing', 'resolution', 'gateway', 'analyst'] as const)
    expect(files['scram.args']).toContain(`SCRAM-SHA-512=[name=${name},password=${secrets.kafka[name]}]`);
  expect(() => kafkaFiles({})).toThrow('KAFKA_PASSWORD_BROKER is not set.');
});

it('`npm run compose` writes the secrets once, for its owner alone', () => {
  const folder = mkdtempSync(join(tmpdir(), 'garda-compose-'));
  try {
    const file = join(folder, '.env');
    expect(compose(() => undefined, file)).toBe(0);
    const first = readFileSync(file, 'utf8');
    expect(statSync(file).mode & 0o777).toBe(0o600);
    compose(() => undefined, file);
    expect(readFileSync(file, 'utf8')).toBe(first);
  } finally {
    rmSync(folder, { recursive: true });
  }
});

const promtool = (...args: string[]) =>
  spawnSync('promtool', args, { cwd: join(docker, 'prometheus'), encoding: 'utf8' });
const withPromtool = promtool('--version').status === 0 ? it : it.skip;
if (promtool('--version').status !== 0)
  console.warn("The alarms are not tried: promtool is not on the PATH (Debian's package prometheus has it).");

withPromtool('the alarms are rules that Prometheus takes, and ring when they should', () => {
  const checked = promtool('check', 'rules', 'rules.yaml');
  expect([checked.status, checked.stderr]).toEqual([0, expect.anything()]);
  const tried = promtool('test', 'rules', 'rules.test.yaml');
  expect([tried.status, tried.stdout]).toEqual([0, expect.stringContaining('SUCCESS')]);
});
