import { createHash, generateKeyPairSync, randomBytes } from 'node:crypto';
import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { databaseServices, kafkaPrincipals, programs } from './names';
import type { DatabaseService, KafkaPrincipal, Program } from './names';

type Jwk = Readonly<Record<string, unknown>>;

/** Everything of an instance that must stay secret. Each process is given only what is its own. */
export interface Secrets {
  readonly databases: { readonly superuser: string } & {
    readonly [S in DatabaseService]: { readonly owner: string; readonly app: string };
  };
  readonly kafka: Readonly<Record<KafkaPrincipal, string>>;
  readonly kafkaClusterId: string;
  readonly clients: Readonly<Record<Program, string>>;
  /** Encrypts the vault's subject keys (intake). */
  readonly masterKey: string;
  /** Makes and checks tracking codes (intake). */
  readonly codeKey: string;
  /** Permutes the sequence into public numbers (intake). */
  readonly numberKey: string;
  /** Keys the hash by which a repeated request is recognised; one per service. */
  readonly requestHashKeys: Readonly<Record<DatabaseService, string>>;
  /** Signs the gateway's one-minute tokens; the services get the public half. */
  readonly gatewayKey: { readonly private: Jwk; readonly public: Jwk };
  /** Signs the identity provider's tokens. */
  readonly identityKeys: { readonly keys: readonly Jwk[] };
}

/** Reads `secrets.json` of an instance; the first call makes it, readable by its owner alone. */
export function loadSecrets(folder: string): Secrets {
  const file = join(folder, 'secrets.json');
  if (!existsSync(file)) write(file, newSecrets());
  const secrets = JSON.parse(readFileSync(file, 'utf8')) as Secrets;
  // The broker knows the principals that its storage was made with.
  if (kafkaPrincipals.some((name) => !(name in secrets.kafka)))
    throw new Error(`${folder} is of an instance from before the restricted principals: put it away, or reset it.`);
  if (programs.every((program) => program in secrets.clients)) return secrets;
  // An instance from before a program: it keeps what it has.
  write(file, { ...secrets, clients: { ...record(programs, password), ...secrets.clients } });
  return JSON.parse(readFileSync(file, 'utf8')) as Secrets;
}

/** Beside and moved into place, so that a start that is killed here leaves no half file. */
function write(file: string, secrets: Secrets): void {
  const draft = `${file}.${process.pid}`;
  writeFileSync(draft, `${JSON.stringify(secrets, null, 2)}\n`, { mode: 0o600 });
  renameSync(draft, file);
}

/** Fresh ones, for an instance that is not of this folder. */
export function newSecrets(): Secrets {
  const perService = <T>(make: () => T): Record<DatabaseService, T> => record(databaseServices, make);
  return {
    databases: { superuser: password(), ...perService(() => ({ owner: password(), app: password() })) },
    kafka: record(kafkaPrincipals, password),
    kafkaClusterId: randomBytes(16).toString('base64url'),
    clients: record(programs, password),
    masterKey: key(),
    codeKey: key(),
    numberKey: key(),
    requestHashKeys: perService(key),
    gatewayKey: newGatewayKey(),
    identityKeys: { keys: [newIdentityKey()] },
  };
}

function record<K extends string, T>(names: readonly K[], make: () => T): Record<K, T> {
  return Object.fromEntries(names.map((name) => [name, make()])) as Record<K, T>;
}

/** 192 random bits in letters and digits: safe in a URL, in a JAAS line and on a command line. */
function password(): string {
  return randomBytes(24).toString('hex');
}

function key(): string {
  return randomBytes(32).toString('base64url');
}

function newGatewayKey(): Secrets['gatewayKey'] {
  const pair = generateKeyPairSync('ed25519');
  const named = (jwk: Jwk): Jwk => ({ ...jwk, alg: 'EdDSA', use: 'sig', kid: keyId(jwk) });
  return {
    private: named(pair.privateKey.export({ format: 'jwk' }) as Jwk),
    public: named(pair.publicKey.export({ format: 'jwk' }) as Jwk),
  };
}

function newIdentityKey(): Jwk {
  const jwk = generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey.export({ format: 'jwk' }) as Jwk;
  return { ...jwk, alg: 'ES256', use: 'sig', kid: keyId(jwk) };
}

/** Names a key by its public part, the same for both halves. */
function keyId(jwk: Jwk): string {
  return createHash('sha256')
    .update(JSON.stringify([jwk['crv'], jwk['x'], jwk['y']]))
    .digest('base64url')
    .slice(0, 16);
}
