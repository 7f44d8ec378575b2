/**
 * Big logs, made set-wise by the owner of the tables: the application role may only append, and that would take hours.
 * Same columns, same constraints, positions and versions dense; the facts are those of resolution, so that every fold of
 * the domain can read them. Ten facts a case, a thousand cases side by side.
 */
import { query } from './server.mjs';

export const factsPerCase = 10;
const block = 1000 * factsPerCase;
const portion = 250_000;

/** The case and the version that a position holds. */
export function placeOf(position) {
  const index = (position - 1) % block;
  const number = Math.floor((position - 1) / block) * 1000 + (index % 1000);
  return { caseId: caseIdOf(number), version: Math.floor(index / 1000) + 1 };
}

export const caseIdOf = (number) => `00000000-0000-7000-8000-${number.toString(16).padStart(12, '0')}`;

/** Fills positions `from` + 1 to `to` of `log.events`, and `log.commands` with one command a fact where wanted. */
export async function fill(ownerUrl, { from = 0, to, commands = false, say = () => undefined }) {
  const began = Date.now();
  for (let at = from; at < to; at = Math.min(at + portion, to)) {
    const range = [at + 1, Math.min(at + portion, to)];
    await query(ownerUrl, eventsSql, range);
    if (commands) await query(ownerUrl, commandsSql, range);
    if (to - from > portion)
      say(`filled ${range[1]} of ${to} facts after ${Math.round((Date.now() - began) / 1000)} s`);
  }
  await query(ownerUrl, 'vacuum (analyze) log.events');
  await query(ownerUrl, 'vacuum (analyze) log.commands');
}

const hex = (number) => `lpad(to_hex(${number}), 12, '0')`;
const caseSql = `('00000000-0000-7000-8000-' || ${hex('f.number')})`;

const factsSql = `(select p, (p - 1) / ${block} * 1000 + (p - 1) % ${block} % 1000 as number, (p - 1) % ${block} / 1000 + 1 as version
    from generate_series($1::bigint, $2::bigint) p) f`;

const types = [
  ...['CaseKnown', 'WorkReceived', 'OfficerAssigned', 'CaseAccepted'],
  ...Array.from({ length: 5 }, () => 'ProgressReported'),
  'ProductIssued',
];

const stage = { tier: 'agency', kind: 'condition', time: '5wd' };
const facts = [
  {
    terms: {
      ...{ standard: 'HB-01', standardVersion: 1, kind: 'complaint', publicity: 'place', owner: 'lights' },
      ...{ stages: [stage], requirements: [], answerWithin: '30d', disputeWithin: '10wd', calendar: 'c', policy: 1 },
    },
    filedBy: { by: 'citizen' },
    sealTo: [{ subject: '018f0000-0000-7000-8000-0000000000aa', publicKey: 'k' }],
    ...{ identity: 'none', content: 'public', papers: [] },
  },
  { kind: 'stage', unit: 'dishub', offer: 1, stage: 0, terms: stage, binding: false },
  { offer: 1, unit: 'dishub', officer: 'dishub.officer', by: 'taken' },
  { unit: 'dishub', officer: 'dishub.officer' },
  ...Array.from({ length: 5 }, () => ({ unit: 'dishub', code: 'on_site' })),
  { unit: 'dishub', stage: 0, product: 'repair', partial: false, number: '1', signatory: 'dishub.head' },
];

const literal = (text) => `'${text.replaceAll("'", "''")}'`;
const dataSql = `('{"caseId":"' || ${caseSql} || '",' ||
  (array[${facts.map((fact) => literal(JSON.stringify(fact).slice(1))).join(', ')}])[f.version])::json`;
const metaSql = `('{"commandId":"00000000-0000-7000-a000-' || ${hex('f.p')} ||
  '","correlationId":"00000000-0000-7000-a000-' || ${hex('f.p')} || '","actor":{"kind":"system","id":"bench"}}')::json`;
const timeSql = `timestamptz '2025-06-01' + f.p * interval '1 ms'`;

const eventsSql = `insert into log.events
  (position, stream_id, version, event_id, type, schema_version, data, meta, occurred_at, recorded_at, key_hash)
  select f.p, 'case-' || ${caseSql}, f.version, ('00000000-0000-7000-9000-' || ${hex('f.p')})::uuid,
    (array[${types.map(literal).join(', ')}])[f.version], 1, ${dataSql}, ${metaSql}, ${timeSql}, ${timeSql},
    hashtext(${caseSql}) & 2147483647
  from ${factsSql} order by f.p`;

const commandsSql = `insert into log.commands (command_id, request_hash, stream_id, version, position, result, recorded_at)
  select ('00000000-0000-7000-a000-' || ${hex('f.p')})::uuid, null, 'case-' || ${caseSql}, f.version, f.p, null, ${timeSql}
  from ${factsSql} order by f.p`;
