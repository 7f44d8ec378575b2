import { z } from 'zod';
import { contractsEverOf, restrictedTypes } from './events/registry';
import { contexts, type Context } from './values';

/** The headers of every record, beside the fact's data: CloudEvents 1.0 in Kafka's binary mode, and the stored columns. */
export const recordHeaders = z.object({
  ce_specversion: z.literal('1.0'),
  ce_id: z.uuid().describe('Id of the fact.'),
  ce_type: z.string().describe('Name of the fact.'),
  ce_source: z.string().describe('`garda/` and the context whose fact it is.'),
  ce_subject: z.string().describe('The stream: `case-` and the id of the case, or another stream of the context.'),
  ce_time: z.iso.datetime().describe('When it happened, as the person says; UTC, with microseconds.'),
  'content-type': z.literal('application/json'),
  seq: z
    .string()
    .regex(/^[1-9]\d*$/)
    .describe(
      'Dense in its partition from 1 on; in a topic that was made again with another number of partitions, from a multiple ' +
        'of 10^12 plus 1 on. A number that comes again is a repeat.',
    ),
  position: z
    .string()
    .regex(/^[1-9]\d*$/)
    .describe('Dense in the log of the context from 1 on.'),
  version: z
    .string()
    .regex(/^[1-9]\d*$/)
    .describe('Dense in the stream from 1 on.'),
  schema_version: z
    .string()
    .regex(/^[1-9]\d*$/)
    .describe("Version of the fact's schema."),
  recorded_at: z.iso.datetime().describe('When it was recorded; never runs backwards within a log.'),
  key_hash: z.string().regex(/^\d+$/).describe('What the partition was made from: `key_hash` modulo partitions.'),
  meta: z.string().describe('JSON: who caused it, by which command, and the ids that connect it with its cause.'),
  traceparent: z.string().max(55).optional().describe('W3C trace context of the request that caused it.'),
});

type Json = Readonly<Record<string, unknown>>;

/** What the document cannot know by itself. */
export interface AsyncApiParts {
  readonly version: string;
  /** An example of the data of a fact, by context and file name (`CaseSubmitted.v1.json`). */
  readonly example: (context: Context, file: string) => unknown;
}

/** The AsyncAPI 3.0 document of the open topics: what each context tells, for readers in any language. */
export function asyncApi({ version, example }: AsyncApiParts): Json {
  return {
    asyncapi: '3.0.0',
    info: {
      title: 'Garda: the facts of each context',
      version,
      description:
        'Each context keeps its own log and tells it on one topic, whole and in order. Records of a case are in one ' +
        'partition. A record may come again: `seq` tells. Topics are kept for ever. Restricted topics are not part of this.',
      license: { name: 'Apache-2.0' },
    },
    defaultContentType: 'application/json',
    channels: Object.fromEntries(contexts.map((context) => [context, channelOf(context)])),
    operations: Object.fromEntries(contexts.map((context) => [`${context}Tells`, operationOf(context)])),
    components: {
      schemas: { RecordHeaders: schemaOf(recordHeaders) },
      messages: Object.fromEntries(contexts.flatMap((context) => messagesOf(context, example))),
    },
  };
}

function channelOf(context: Context): Json {
  return {
    address: `garda.${context}.v1`,
    description: `Every fact of the open log of ${context}.`,
    messages: Object.fromEntries(idsOf(context).map((id) => [id, { $ref: `#/components/messages/${id}` }])),
    bindings: {
      kafka: {
        topicConfiguration: { 'cleanup.policy': ['delete'], 'retention.ms': -1, 'retention.bytes': -1 },
        bindingVersion: '0.5.0',
      },
    },
  };
}

function operationOf(context: Context): Json {
  return {
    action: 'send',
    channel: { $ref: `#/channels/${context}` },
    summary: `${context} tells its facts.`,
    messages: idsOf(context).map((id) => ({ $ref: `#/channels/${context}/messages/${id}` })),
  };
}

function messagesOf(context: Context, example: AsyncApiParts['example']): [string, Json][] {
  return openContractsOf(context).map(({ type, schemaVersion, schema }) => [
    `${context}.${type}.v${schemaVersion}`,
    {
      name: type,
      title: `${type} (${context}, version ${schemaVersion})`,
      contentType: 'application/json',
      headers: { $ref: '#/components/schemas/RecordHeaders' },
      payload: schemaOf(schema),
      bindings: {
        kafka: { key: { type: 'string', description: 'Case id, else the stream.' }, bindingVersion: '0.5.0' },
      },
      examples: [{ name: 'sample', payload: example(context, `${type}.v${schemaVersion}.json`) }],
    },
  ]);
}

function openContractsOf(context: Context) {
  return contractsEverOf(context).filter(({ type }) => !restrictedTypes.has(type));
}

function idsOf(context: Context): string[] {
  return openContractsOf(context).map(({ type, schemaVersion }) => `${context}.${type}.v${schemaVersion}`);
}

/** AsyncAPI's own schemas are those of JSON Schema draft 7. */
function schemaOf(schema: z.ZodType): Json {
  const made = z.toJSONSchema(schema, { target: 'draft-7', io: 'input' });
  delete made.$schema;
  return made;
}
