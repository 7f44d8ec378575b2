/** The AsyncAPI document of the open topics, for readers in other languages. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { checkout } from '../bootstrap/prepare.mjs';

export const name = 'AsyncAPI document';
export const projects = ['contracts'];
export const folder = 'docs/asyncapi';

/** File name below the folder → content. */
export async function files() {
  const { asyncApi } = await import('../../libs/contracts/dist/index.js');
  const json = (...path) => JSON.parse(readFileSync(join(checkout, ...path), 'utf8'));
  const document = asyncApi({
    version: json('package.json').version,
    example: (context, file) => json('libs', 'contracts', 'samples', context, file),
  });
  return new Map([['garda.json', `${JSON.stringify(document, null, 2)}\n`]]);
}
