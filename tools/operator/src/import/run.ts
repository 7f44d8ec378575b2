import { loadCatalogue } from '@garda/catalogue';
import { Gateway } from '../gateway';
import type { Instance } from '../instance';
import { Intake } from '../intake';
import { waitUntilQuiet } from '../quiet';
import { Tokens } from '../tokens';
import { compare, type ComparedCase, type ExpectedUpdate, type ImportResult } from './compare';
import { planOf, type Plan, type Step } from './plan';
import { readRecords, type ForeignRecord } from './records';
import { Replay } from './replay';

/** Replays a file of records into the running instance, and compares what Open311 then shows, case by case. */
export async function runImport(instance: Instance, file: string, say: (line: string) => void): Promise<ImportResult> {
  const began = Date.now();
  const records = readRecords(file);
  const { bundle, notes = {} } = loadCatalogue(instance.catalogue);
  const plan = planOf(records, notes, new Set(bundle.standards.map((standard) => standard.code)));
  const gateway = new Gateway(instance, new Tokens(instance));
  const first = await waitUntilQuiet(() => gateway.progress());
  const replay = new Replay(gateway, Object.values(first.services)[0]?.caseTime ?? '');
  say(`${records.length} requests with ${countNotes(records)} notes: ${plan.steps.length} steps.`);
  for (const [i, step] of plan.steps.entries()) {
    await replay.carryOut(step);
    if ((i + 1) % 50 === 0) say(`  ${i + 1} of ${plan.steps.length}, ${step.at.slice(0, 10)}`);
  }
  const last = await waitUntilQuiet(() => gateway.progress());
  const intake = new Intake(instance.urls.intake);
  const cases = await inTurn(records, (record) => compared(record, { plan, replay, intake }));
  const notExpressed = [...plan.unexpressed, ...replay.refused];
  return {
    requests: records.length,
    notes: countNotes(records),
    events: Object.values(last.services).reduce((sum, { log }) => sum + Number(log?.head ?? 0), 0),
    unexpressed: notExpressed.length,
    mismatches: notExpressed.length + cases.reduce((sum, { mismatches }) => sum + mismatches.length, 0),
    seconds: Math.round((Date.now() - began) / 100) / 10,
    cases,
    notExpressed,
    leftOut: leftOutOf(records),
  };
}

async function compared(
  record: ForeignRecord,
  { plan, replay, intake }: { plan: Plan; replay: Replay; intake: Intake },
): Promise<ComparedCase> {
  const id = record.service_request_id;
  const number = replay.cases.get(id)?.number;
  const shown =
    number === undefined
      ? { request: undefined, updates: [] }
      : { request: await intake.request(number), updates: await intake.updates(number) };
  const mismatches = compare(record, expectedOf(plan.steps, record), shown);
  return { id, service: record.service_name, number, updates: shown.updates.length, mismatches };
}

/** By their own times; of one moment, as the record lists them. */
function expectedOf(steps: readonly Step[], record: ForeignRecord): ExpectedUpdate[] {
  return steps
    .flatMap((step) => (step.kind === 'note' && step.record === record ? [{ at: step.at, words: step.words }] : []))
    .sort((a, b) => Date.parse(a.at) - Date.parse(b.at));
}

async function inTurn<T, R>(items: readonly T[], work: (item: T) => Promise<R>): Promise<R[]> {
  const results: R[] = [];
  for (const item of items) results.push(await work(item));
  return results;
}

function countNotes(records: readonly ForeignRecord[]): number {
  return records.reduce((sum, record) => sum + record.notes.length, 0);
}

const carried = new Set([
  ...['service_request_id', 'service_code', 'service_name', 'status', 'agency_responsible', 'requested_datetime'],
  ...['address', 'lat', 'long', 'attributes', 'notes', 'parent_service_request_id'],
]);
/** Said by other means here: the last update's time, and the words of the notes. */
const derived = new Set(['updated_datetime', 'status_notes', 'extended_attributes']);

function leftOutOf(records: readonly ForeignRecord[]): Record<string, number> {
  const count: Record<string, number> = {};
  for (const record of records)
    for (const name of [...Object.keys(record), ...Object.keys(record.extended_attributes)])
      if (!carried.has(name) && !derived.has(name)) count[name] = (count[name] ?? 0) + 1;
  return count;
}
