import Ajv from 'ajv';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { asyncApi } from './asyncapi';
import { eventContracts, restrictedTypes } from './events/registry';

const samples = join(__dirname, '..', 'samples');
const built = asyncApi({
  version: '1.2.3',
  example: (context, file) => JSON.parse(readFileSync(join(samples, context, file), 'utf8')) as unknown,
});

/** The published JSON Schema of AsyncAPI itself. */
const specification: object = JSON.parse(
  readFileSync(require.resolve('@asyncapi/specs/schemas/3.0.0.json'), 'utf8'),
) as object;
const isValid = new Ajv({ strict: false, validateFormats: false, meta: false, validateSchema: false }).compile(
  specification,
);
const problems = (document: unknown): unknown[] => (isValid(document) ? [] : (isValid.errors ?? []));

it('is a document as AsyncAPI 3.0 defines it', () => {
  expect(problems(built)).toEqual([]);
});

it('would not be one with a wrong word in it', () => {
  const { operations, ...rest } = structuredClone(built) as { operations: Record<string, object> };
  expect(problems({ ...rest, operations: { ...operations, intakeTells: { action: 'shout' } } })).not.toEqual([]);
});

it('has every fact once, each with an example that keeps its schema, and points to nothing that is not there', () => {
  const { channels, components } = built as {
    channels: Record<string, { messages: Record<string, { $ref: string }> }>;
    components: { messages: Record<string, { payload: object; examples: { payload: unknown }[] }> };
  };
  const told = Object.values(channels).flatMap(({ messages }) => Object.entries(messages));
  const open = Object.values(eventContracts).flatMap((all) =>
    Object.keys(all).filter((type) => !restrictedTypes.has(type)),
  );
  expect(told).toHaveLength(open.length);
  expect(told.map(([id]) => id).join()).not.toContain('PaymentDeclared');
  for (const [id, { $ref }] of told) {
    expect($ref).toBe(`#/components/messages/${id}`);
    const { payload, examples } = components.messages[id] as (typeof components.messages)[string];
    const fits = new Ajv({ strict: false, validateFormats: false }).compile(payload);
    expect([id, examples.map((one) => fits(one.payload))]).toEqual([id, [true]]);
  }
});
