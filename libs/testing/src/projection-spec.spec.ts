import type { ProjectionUnderTest } from './projection-spec';
import { projectionSpec } from './projection-spec';
import { withDatabase } from './database';

const table = 'create temporary table count_by_type (type text primary key, events int not null)';

/** Counts; so a batch that is handed over twice is counted twice. */
const counting: ProjectionUnderTest = {
  setUp: async (client) => void (await client.query(table)),
  apply: async (client, batch) => {
    for (const { type } of batch) {
      await client.query(
        'insert into count_by_type values ($1, 1) on conflict (type) do update set events = count_by_type.events + 1',
        [type],
      );
    }
  },
};

/** Remembers the last version it saw; so a second time changes nothing. */
const remembering: ProjectionUnderTest = {
  setUp: counting.setUp,
  apply: async (client, batch) => {
    for (const { type, version } of batch) {
      await client.query(
        'insert into count_by_type values ($1, $2) on conflict (type) do update set events = excluded.events',
        [type, version],
      );
    }
  },
};

describe('a projection spec', () => {
  const database = withDatabase();
  const events = ['A', 'B', 'A'].map((type) => ({ type, data: {} }));
  const query = 'select type, events from count_by_type order by type';
  const given = (projection: ProjectionUnderTest) =>
    projectionSpec(database().pool)
      .given(...events)
      .project(projection);

  it('shows the rows, however the events are cut', async () => {
    const rows = [
      { type: 'A', events: 2 },
      { type: 'B', events: 1 },
    ];
    await given(counting).shows(query, rows);
    await given(counting).inBatchesOf(1).shows(query, rows);
    await given(counting).inBatchesOf(2).shows(query, rows);
  });

  it('passes twice for one that a redelivery does not change', async () => {
    const rows = [
      { type: 'A', events: 3 },
      { type: 'B', events: 2 },
    ];
    await given(remembering).twice().inBatchesOf(1).shows(query, rows);
  });

  it('can fail: for one that a redelivery does change, and for other rows', async () => {
    const rows = [
      { type: 'A', events: 2 },
      { type: 'B', events: 1 },
    ];
    await expect(given(counting).twice().shows(query, rows)).rejects.toThrow();
    await expect(given(counting).shows(query, rows.slice(1))).rejects.toThrow();
  });
});
