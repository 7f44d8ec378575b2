/** The same questions at a short log and at a very long one: append, load of a case, tail, page of an inbox. */
import { atMost, figure, integrity, rounded, totals } from '../figures.mjs';
import { factsPerCase, fill } from '../fill.mjs';
import { openInstance } from '../instance.mjs';
import { durability, makeServiceDatabase, query } from '../server.mjs';

export const title = 'the same questions as the log grows';
export const plan = {
  full: {
    sizes: [10_000, 100_000, 1_000_000, 10_000_000],
    rounds: 5,
    milliseconds: 2000,
    callers: 16,
    looks: 500,
    pages: 100,
    openCases: 500,
  },
  quick: { sizes: [10_000, 50_000], rounds: 1, milliseconds: 500, looks: 50, pages: 20 },
};

export async function measure(room) {
  const { sizes } = room.plan;
  const instance = await room.own(openInstance({ say: room.say, logLevel: 'warn' }));
  for (const service of ['intake', 'routing', 'resolution']) await instance.stopService(service);
  const database = await makeServiceDatabase(instance.adminUrl, 'grow');
  const bench = { room, instance, database, checks: [], figures: {} };
  for (const [n, size] of sizes.entries()) await at(bench, size, sizes[n - 1] ?? 0);
  const [first, last] = [sizes[0], sizes.at(-1)];
  const growth = (name, worse) => {
    const [short, long] = [bench.figures[`${name} at ${first}`].median, bench.figures[`${name} at ${last}`].median];
    return rounded(worse === 'more' ? long / short : short / long);
  };
  const ratios = {
    append: growth('append', 'less'),
    'load of a case': growth('load of a case', 'more'),
    'tail of the log': growth('tail of the log', 'more'),
    'page of the inbox': growth('page of the inbox', 'more'),
  };
  return {
    figures: bench.figures,
    ratios,
    targets: Object.entries(ratios).map(([name, seen]) => atMost(`${name}, cost at ${last} / at ${first}`, 1.5, seen)),
    integrity: { garda: totals(bench.checks) },
    notes: [
      'Log, commands and case files are filled set-wise by their owners; a case has ten facts. The office stays as it is:',
      `${room.plan.openCases} open cases of the unit, all others settled and spread over fifty units. The page is asked of the real gateway.`,
      'Appends of 16 callers on new streams; what they add is counted and checked, and is little beside the size.',
    ],
    server: await durability(instance.adminUrl),
  };
}

async function at({ room, instance, database, checks, figures }, size, before) {
  const { rounds, milliseconds, callers, looks, pages, openCases } = room.plan;
  await growLog(database, size, before, room.say);
  await growCaseFiles(instance, { to: size / factsPerCase, from: before / factsPerCase, openCases });
  const all = { append: [], load: [], tail: [], page: [] };
  for (let round = 1; round <= rounds; round += 1) {
    const run = `${size}-${round}`;
    const appended = await room.work('append', {
      peer: 'garda',
      url: database.appUrl,
      callers,
      milliseconds,
      warmUp: 500,
      run,
    });
    checks.push({ ...integrity(appended.acknowledged, await stored(database.ownerUrl, run)), failed: appended.failed });
    const { load, tail } = await room.work('grow', {
      url: database.appUrl,
      length: before === 0 ? size : before,
      looks,
    });
    const page = await room.work('pages', {
      folder: instance.folder,
      urls: instance.urls,
      person: 'dishub.officer',
      looks: pages,
    });
    if (page.items === 0) throw new Error('The inbox is empty: what was filled is not seen.');
    all.append.push(appended.perSecond);
    all.load.push(load.p50);
    all.tail.push(tail.p50);
    all.page.push(page.p50);
  }
  figures[`append at ${size}`] = figure('/s', all.append);
  figures[`load of a case at ${size}`] = figure('ms', all.load);
  figures[`tail of the log at ${size}`] = figure('ms', all.tail);
  figures[`page of the inbox at ${size}`] = figure('ms', all.page);
  room.say(
    `at ${size}: ${JSON.stringify(
      Object.fromEntries(
        Object.entries(figures)
          .filter(([name]) => name.endsWith(` at ${size}`))
          .map(([name, of]) => [name, of.median]),
      ),
    )}`,
  );
}

/** What earlier rounds appended stands where the next facts belong: they go to their own positions first. */
async function growLog({ ownerUrl }, size, before, say) {
  const [{ head }] = await query(ownerUrl, 'select coalesce(max(position), 0)::int as head from log.events');
  if (head > before)
    await query(
      ownerUrl,
      `delete from log.commands where position > ${before}; delete from log.events where position > ${before}`,
    );
  await fill(ownerUrl, { from: before, to: size, commands: true, say });
}

async function stored(url, run) {
  const [row] = await query(
    url,
    `select count(*) filter (where data->>'run' = $1)::int as stored, count(distinct data->>'ask') filter (where data->>'run' = $1)::int as different,
      (max(position) - min(position) + 1 - count(*))::int as holes
    from log.events where stream_id like 'case-' || $1 || '-%' or position > (select max(position) - 1000 from log.events)`,
    [run],
  );
  return row;
}

/** The gateway's read model as it would be after so many cases. */
async function growCaseFiles({ connections }, { from, to, openCases }) {
  const url = `${connections.databases.gateway.app}?options=${encodeURIComponent('-c statement_timeout=0')}`;
  await query(url, caseFilesSql(from, to, openCases));
  await query(url, 'vacuum (analyze) read.case_file_v5');
}

const caseFilesSql = (from, to, openCases) => `
  insert into read.case_file_v5 (case_id, intake_version, number, standard, kind, identity, content, citizen_status, received_at,
    routing_version, routing_status, responsible_unit, past_units, due_at, stage_due_at, resolution_version, work_status, officer, outcome)
  select ('00000000-0000-7000-8000-' || lpad(to_hex(n), 12, '0'))::uuid, 3, 'F-' || n, 'HB-01', 'complaint', 'none', 'public', 'filed', t.at,
    5, case when open then 'offered' else 'settled' end, case when open or n % 50 = 0 then 'dishub' else 'unit-' || n % 50 end, '{}',
    t.at + interval '30 days', t.at + interval '5 days', 8, case when open then 'pending' else 'closed' end, null, null
  from generate_series(${from}, ${to} - 1) n, lateral (select n < ${openCases} as open, timestamptz '2025-06-01' + n * interval '1 second' as at) t`;
