import { randomUUID } from 'node:crypto';
import { streamOf, type NewEvent } from '@garda/contracts';
import { EventLog, eventLogMigrations, migrate } from '@garda/event-store';
import { ReferenceStore } from '@garda/reference';
import { createLog } from '@garda/service';
import { withDatabase } from '@garda/testing';
import { CatalogueView } from './catalogue-view';
import { CaseDecisions } from './decisions';
import type { CaseRules } from './rules';
import { SuccessionSweeper } from './succession-sweeper';

const ended = 'dpupr';
const toTriage = (caseId: string): NewEvent => ({
  ...{ type: 'CaseSentToTriage', schemaVersion: 1, data: { caseId, reason: 'unit_ended' } },
});

/** How far a stream is; a case that is further than the row of the view says nothing more is to be done about. */
type State = number;
const stubborn = 3;

/** Rules with one rule: whatever is with the unit that ended goes to triage, once. */
const rules: CaseRules<State, object> = {
  ...{ context: 'routing', fold: { initial: 0, evolve: (state: State) => state + 1 } },
  ...{ catalogue: () => ({}), listensTo: [], react: () => [], due: () => [], fire: () => [] },
  succession: {
    ...{ where: 'unit = any($1::text[])', indexes: [], ended: () => [ended] },
    pass: (state) => {
      if (state === stubborn) throw new RangeError('this one cannot be passed on');
      return state > 0 ? [] : [toTriage(randomUUID())];
    },
  },
};

describe('the sweeper of cases whose unit has ended', () => {
  const db = withDatabase({
    template: 'service',
    setUp: ({ ownerUrl, appRole }) => migrate(ownerUrl, eventLogMigrations({ appRole })),
  });
  const said: unknown[] = [];
  let log: EventLog;
  let decisions: CaseDecisions<State, object>;
  const replica = () => {
    const logger = createLog({ service: 'spec', level: 'silent' });
    jest.spyOn(logger, 'error').mockImplementation((what: unknown) => void said.push(what));
    return new SuccessionSweeper({ pool: db().pool, log: logger, decisions, view: 'cases', everyMs: 10 });
  };
  const lengthOf = async (caseId: string) => (await log.load(streamOf('open', caseId))).events.length;
  /** Cases as the view shows them, in the order of the sweep. */
  const cases = async (count: number, unit = ended): Promise<string[]> => {
    const ids = Array.from({ length: count }, () => randomUUID()).sort();
    await db().pool.query(`insert into read.cases select id, 0, $2 from unnest($1::text[]) id`, [ids, unit]);
    return ids;
  };

  beforeAll(async () => {
    await db().pool.query('create table read.cases (case_id text primary key, version bigint, unit text)');
    log = new EventLog({ pool: db().pool, schema: 'log' });
    const store = new ReferenceStore(db().pool, (error) => {
      throw error;
    });
    decisions = new CaseDecisions(log, rules, new CatalogueView(store, rules.catalogue), 'open');
  });
  beforeEach(async () => {
    said.length = 0;
    await db().pool.query('truncate read.cases');
  });

  it('passes on every page of them, and nothing of other units', async () => {
    const mine = await cases(205);
    const [other = ''] = await cases(1, 'dlh');
    expect(await replica().sweep()).toBe(205);
    expect(new Set(await Promise.all(mine.map(lengthOf)))).toEqual(new Set([1]));
    expect(await lengthOf(other)).toBe(0);
  });

  it('passes each on once, however many replicas look and however late the view is', async () => {
    const mine = await cases(40);
    const sweepers = [replica(), replica(), replica()];
    await Promise.all(sweepers.map((one) => one.sweep()));
    await replica().sweep(); // the view still shows what it showed
    expect(new Set(await Promise.all(mine.map(lengthOf)))).toEqual(new Set([1]));
    expect(said).toEqual([]);
  });

  it('goes on behind one that fails, says which, and asks for it again', async () => {
    const mine = await cases(3);
    const [first = '', ...others] = mine;
    const events = Array.from({ length: stubborn }, () => toTriage(first));
    const meta = { correlationId: randomUUID(), actor: { kind: 'system' as const, id: 'spec' } };
    await decisions.decide({ caseId: first, commandId: randomUUID(), requestHash: null, meta }, () => events);
    for (const time of [1, 2]) {
      expect(await replica().sweep()).toBe(others.length);
      expect(said).toHaveLength(time);
    }
    expect(said[0]).toEqual({ err: expect.any(RangeError), caseId: first });
    expect(await Promise.all(mine.map(lengthOf))).toEqual([stubborn, 1, 1]);
  });

  it('looks round after round until it is stopped', async () => {
    const sweeper = replica();
    sweeper.start();
    const [early = ''] = await cases(1);
    while ((await lengthOf(early)) === 0) await new Promise((resolve) => setTimeout(resolve, 10));
    await sweeper.stop();
    const [late = ''] = await cases(1);
    await new Promise((resolve) => setTimeout(resolve, 60)); // six rounds, if there were any
    expect(await lengthOf(late)).toBe(0);
  });
});
