import { caseIdOf, contexts, eventContracts, type Context, type LineName, type RecordedEvent } from '@garda/contracts';
import { ReferenceMissing, type Catalogue } from '@garda/domain';
import { NotYet, type TopicHandler } from '@garda/messaging';
import type { PoolClient } from 'pg';
import { fileViews } from './file-views';
import { sections, type AnySection } from './sections';
import { addToTimeline } from './timeline';

interface Folded {
  readonly caseId: string;
  readonly version: number;
  readonly state: unknown;
}

export interface CaseFileSources {
  readonly line: LineName;
  /** The topic of each context on this line. */
  readonly topics: Readonly<Record<Context, string>>;
  readonly reference: { readonly catalogue: Catalogue; refresh(): Promise<void> };
}

/**
 * Keeps the case files of a line from its three topics. Each batch is folded per case in memory and written in one statement
 * in order of case id, into the section of the topic it came from: no order between topics can change the result, and a
 * fact that was applied before changes nothing.
 */
export function caseFileHandler({ line, topics, reference }: CaseFileSources): TopicHandler {
  const contextOf = new Map(contexts.map((context) => [topics[context], context]));
  return {
    name: fileViews[line].consumer,
    topics: contexts.map((context) => topics[context]),
    apply: async (client, batch, { topic }) => {
      const context = contextOf.get(topic);
      if (context === undefined) throw new Error(`case-file does not read ${topic}`);
      const events = batch.filter((event) => caseIdOf(line, event) !== undefined);
      if (events.length === 0) return; // streams of another kind
      const at = { line, section: sections[context] };
      const folded = foldAll(at, await load(client, at, events), events);
      await upsert(client, at, await rowsOf(at.section, folded, reference));
      await addToTimeline(client, { line, context }, events);
    },
  };
}

interface At {
  readonly line: LineName;
  readonly section: AnySection;
}

const caseOf = (line: LineName, event: RecordedEvent): string => caseIdOf(line, event) as string;

async function load(
  client: PoolClient,
  { line, section }: At,
  events: readonly RecordedEvent[],
): Promise<Map<string, Folded>> {
  const { context } = section;
  const { rows } = await client.query<Folded>(
    `select case_id as "caseId", ${context}_version as version, ${context}_state as state
       from read.${fileViews[line].fileTable} where case_id = any($1::uuid[]) and ${context}_version is not null`,
    [[...new Set(events.map((event) => caseOf(line, event)))]],
  );
  return new Map(rows.map((row) => [row.caseId, row]));
}

function foldAll(
  { line, section }: At,
  before: ReadonlyMap<string, Folded>,
  events: readonly RecordedEvent[],
): Folded[] {
  const known = eventContracts[section.context];
  const after = new Map<string, Folded>();
  for (const event of events) {
    const caseId = caseOf(line, event);
    const at = after.get(caseId) ?? before.get(caseId) ?? { caseId, version: 0, state: section.fold.initial };
    if (event.version <= at.version) continue; // applied before
    // A projection steps over a fact that it does not know yet; the next version of it will read from the start.
    const state = Object.hasOwn(known, event.type) ? section.fold.evolve(at.state, event) : at.state;
    after.set(caseId, { caseId, version: event.version, state });
  }
  return [...after.values()].sort((a, b) => (a.caseId < b.caseId ? -1 : 1));
}

type Row = Readonly<Record<string, unknown>>;

/** An edition that is not seen here yet: looked for once more, then the case waits for it and is drained unasked. */
async function rowsOf(
  section: AnySection,
  folded: readonly Folded[],
  reference: CaseFileSources['reference'],
): Promise<readonly Row[]> {
  const make = () =>
    folded.map(({ caseId, version, state }) => ({
      case_id: caseId,
      version,
      state,
      ...section.valuesOf(state, reference.catalogue),
    }));
  try {
    return make();
  } catch (error) {
    if (!(error instanceof ReferenceMissing)) throw error;
  }
  await reference.refresh();
  try {
    return make();
  } catch (error) {
    if (error instanceof ReferenceMissing) throw new NotYet(error.code);
    throw error;
  }
}

async function upsert(client: PoolClient, at: At, rows: readonly Row[]): Promise<void> {
  if (rows.length === 0) return;
  const name = `case-file.${at.line}.${at.section.context}`;
  await client.query({ name, text: upsertSql(at), values: [JSON.stringify(rows)] });
}

function upsertSql({ line, section: { context, columns } }: At): string {
  const names = Object.keys(columns);
  const targets = [`${context}_version`, `${context}_state`, ...names];
  const types = Object.entries(columns).map(([name, type]) => `${name} ${type}`);
  return `insert into read.${fileViews[line].fileTable} (case_id, ${targets.join(', ')})
    select r.case_id, r.version, r.state, ${names.map((name) => `r.${name}`).join(', ')}
      from json_to_recordset($1::json) as r(case_id uuid, version int, state json, ${types.join(', ')})
      order by r.case_id
    on conflict (case_id) do update set ${targets.map((name) => `${name} = excluded.${name}`).join(', ')}`;
}
