import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';

const run = z.object({
  facts: z.object({
    urls: z.object({ identity: z.string(), gateway: z.string(), intake: z.string() }),
    catalogue: z.string(),
  }),
});
const secrets = z.object({ clients: z.record(z.string(), z.string()) });

export type Program = 'setup' | 'operations' | 'import';

/** Nothing runs where we looked, or what we need to speak to it is not there. */
export class NoInstanceError extends Error {
  override readonly name = 'NoInstanceError';
}

/** Where an instance answers, and what we may present there. */
export interface Instance {
  readonly urls: { readonly identity: string; readonly gateway: string; readonly intake: string };
  /** The folder of the catalogue it runs with. */
  readonly catalogue: string;
  /** Its folder: the letters to citizens lie below it. */
  readonly folder: string;
  clientSecret(program: Program): string;
}

/**
 * The instance to speak to: `run.json` and `secrets.json` of GARDA_FOLDER (else `.garda`), each value overridden by the
 * environment (GATEWAY_URL, INTAKE_URL, OIDC_ISSUER, GARDA_CATALOGUE, GARDA_CLIENT_SECRET_<PROGRAM>).
 */
export function openInstance(env: NodeJS.ProcessEnv): Instance {
  const folder = env['GARDA_FOLDER'] ?? join(env['GARDA_CHECKOUT'] ?? process.cwd(), '.garda');
  const facts = readJson(join(folder, 'run.json'), run)?.facts;
  const url = (name: string, known: string | undefined): string => {
    const found = env[name] ?? known;
    if (found === undefined)
      throw new NoInstanceError(`Nothing runs in ${folder}: start it by \`npm start\`, or set ${name}.`);
    return found.replace(/\/$/, '');
  };
  const secretOf = (name: string, pick: (all: z.infer<typeof secrets>) => string | undefined): string => {
    const all = env[name] === undefined ? readJson(join(folder, 'secrets.json'), secrets) : undefined;
    const found = env[name] ?? (all === undefined ? undefined : pick(all));
    if (found === undefined)
      throw new NoInstanceError(`No secret: set ${name}, or run where ${folder}/secrets.json is readable.`);
    return found;
  };
  return {
    folder,
    urls: {
      identity: url('OIDC_ISSUER', facts?.urls.identity),
      gateway: url('GATEWAY_URL', facts?.urls.gateway),
      intake: url('INTAKE_URL', facts?.urls.intake),
    },
    catalogue: env['GARDA_CATALOGUE'] ?? facts?.catalogue ?? '',
    clientSecret: (program) => secretOf(`GARDA_CLIENT_SECRET_${program.toUpperCase()}`, (all) => all.clients[program]),
  };
}

function readJson<S extends z.ZodType>(file: string, shape: S): z.infer<S> | undefined {
  if (!existsSync(file)) return undefined;
  // A run.json without facts belongs to an instance that is still starting: the same as none.
  const read = shape.safeParse(JSON.parse(readFileSync(file, 'utf8')));
  return read.success ? read.data : undefined;
}
