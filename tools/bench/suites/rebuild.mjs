/** A projection built anew from the whole log beside the live one and beside writes, and COPY of the same rows. */
import { atMost, below, figure, ratio, totals } from '../figures.mjs';
import { fill } from '../fill.mjs';
import { durability, makeServiceDatabase, openServers, query } from '../server.mjs';

export const title = 'a projection rebuilt beside live writes';
export const plan = {
  full: { rounds: 5, events: 1_000_000, rate: 200, alone: 10_000 },
  quick: { rounds: 1, events: 20_000, alone: 2000 },
};

export async function measure(room) {
  const { rounds, events, rate, alone } = room.plan;
  const { adminUrl } = await room.own(openServers({ kafka: false }, room.say));
  const database = await makeServiceDatabase(adminUrl, 'rebuild');
  await fill(database.ownerUrl, { to: events, say: room.say });
  const [runs, copies, checks] = [[], [], []];
  const rebuild = (next, nodeArgs) =>
    room.work('rebuild', { url: database.appUrl, live: next - 1, next, rate, alone, name: 'bench' }, nodeArgs);
  room.say('the first version is built: it is the live one of the first round');
  await rebuild(1, []);
  for (let round = 1; round <= rounds; round += 1) {
    const next = round + 1;
    runs.push(await room.profiled('rebuild', (args) => rebuild(next, args)));
    checks.push(await check(database.appUrl, next));
    copies.push(await copy(database, next));
    await query(
      database.appUrl,
      `drop view read.rebuilt; drop table read.rebuilt_v${next - 1}; create view read.rebuilt as select * from read.rebuilt_v${next}; comment on view read.rebuilt is 'version ${next}'`,
    );
    const { seconds, quiet, beside } = runs.at(-1);
    room.say(
      `round ${round}: ${seconds.toFixed(1)} s, COPY ${copies.at(-1).toFixed(1)} s; p99 of an append ${quiet.p99} ms alone, ${beside.p99} ms beside; ${JSON.stringify(checks.at(-1))}`,
    );
  }
  const of = (unit, values) => figure(unit, values);
  const figures = {
    'garda, rebuild': of(
      's',
      runs.map((run) => run.seconds),
    ),
    'garda, rebuild, facts': of(
      'facts/s',
      runs.map((run) => run.perSecond),
    ),
    'processor time a fact': of(
      'microseconds',
      runs.map((run) => run.microsecondsPerFact),
    ),
    'COPY of the same rows': of('s', copies),
    'p99 of an append alone': of(
      'ms',
      runs.map((run) => run.quiet.p99),
    ),
    'p99 of an append beside the rebuild': of(
      'ms',
      runs.map((run) => run.beside.p99),
    ),
  };
  const live = ratio(figures['p99 of an append beside the rebuild'], figures['p99 of an append alone']);
  return {
    figures,
    ratios: {
      'rebuild / COPY': ratio(figures['garda, rebuild'], figures['COPY of the same rows']),
      'p99 beside / p99 alone': live,
    },
    targets: [
      below('rebuild of 1,000,000 facts, in s', 60, (figures['garda, rebuild'].median * 1_000_000) / events),
      atMost('p99 of an append beside the rebuild / alone', 2, live),
    ],
    integrity: { garda: totals(checks) },
    notes: [
      `The log was filled set-wise by its owner; ${rate} appends a second go on, new cases each, in the process that rebuilds.`,
      'Folded by the rules of resolution, up to 5,000 facts a transaction. COPY reads a file on the server into a table with the same indexes.',
      'Checked: one row a case at its last version, the same rows in both versions.',
    ],
    server: await durability(adminUrl),
  };
}

/** The new version against the log and against the version before it. */
async function check(url, version) {
  const [row] = await query(
    url,
    `select (select count(*)::int from log.events) as acknowledged,
      (select count(*)::int from (select stream_id, max(version) as version from log.events group by 1) e
        left join read.rebuilt_v${version} r on 'case-' || r.case_id = e.stream_id and r.version = e.version where r.case_id is null) as missing,
      (select count(*)::int from read.rebuilt_v${version}) - (select count(distinct stream_id)::int from log.events) as doubled,
      (select count(*)::int from read.rebuilt_v${version} n full join read.rebuilt_v${version - 1} o using (case_id)
        where (n.version, n.state::text) is distinct from (o.version, o.state::text)) as different`,
  );
  return row;
}

/** Seconds that COPY takes to bring the same rows into a table with the same indexes. The file is the server's own. */
async function copy({ adminUrl }, version) {
  const [{ file }] = await query(adminUrl, `select current_setting('data_directory') || '/bench.copy' as file`);
  const table = `read.rebuilt_v${version}`;
  await query(adminUrl, `copy ${table} to '${file}'; create table copied (like ${table} including all); checkpoint`);
  const began = performance.now();
  await query(adminUrl, `copy copied from '${file}'`);
  const seconds = (performance.now() - began) / 1000;
  const [{ same }] = await query(
    adminUrl,
    `select (select count(*) from copied) = (select count(*) from ${table}) as same`,
  );
  if (!same) throw new Error('COPY did not bring all rows');
  await query(adminUrl, 'drop table copied');
  return seconds;
}
