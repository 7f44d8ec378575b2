import { CatalogueView } from '@garda/case-service';
import { Catalogue } from '@garda/domain';
import { EventLog, listenFromTheStart, openPool } from '@garda/event-store';
import { Vault } from '@garda/personal-data';
import { ProjectionRunner, Projections, type LocalProjection } from '@garda/projection';
import { referenceProjection, ReferenceStore } from '@garda/reference';
import { CaseClock, type Log, type LogMetrics, type ServiceRuntime, watchLogs } from '@garda/service';
import type { Pool } from 'pg';
import { DataSource } from 'typeorm';
import { ApiKeys } from './api-keys/api-keys';
import { CaseIndex } from './cases/case-index';
import { caseStateProjection } from './cases/case-state.projection';
import { CaseStream } from './cases/case-stream';
import { ReadViews } from './cases/read-views';
import { CitizenVoice } from './citizen/citizen-commands';
import { CodeHolder } from './citizen/code-holder';
import type { IntakeConfig } from './config';
import { caseCounts, levyCounts } from './counts/counts.projection';
import { PublishedCounts } from './counts/published-counts';
import { DeclaredCases } from './declared/declared-cases';
import { DeclaredPayments } from './declared/declared-payments';
import { declaredProjection } from './declared/declared.projection';
import { FileChannel, type MessageChannel } from './notification/message-channel';
import { NewsTeller } from './notification/news-teller';
import { noticesProjection } from './notification/notices.projection';
import { Notifier } from './notification/notifier';
import { PublicNumbers } from './numbers/public-number';
import { PublicCases } from './open311/public-cases';
import { PublicCaseRow, PublicUpdateRow } from './open311/public.entities';
import { publicProjection } from './open311/public.projection';
import { IntakeStaffDecider } from './staff/staff-decider';
import { PrintJobs } from './slips/print-jobs';
import { SlipBooks } from './slips/slip-books';
import { slipsProjection } from './slips/slips.projection';
import { GuessLimit } from './tracking/guess-limit';
import { TrackingCodes } from './tracking/tracking-code';

export type Parts = ReturnType<typeof partsOf>;

/** Everything intake works with, made once a process and connected to nothing yet. */
export function partsOf(
  config: IntakeConfig,
  logger: Log,
  more: { runtime: () => ServiceRuntime; appends: LogMetrics; channel?: MessageChannel | undefined },
) {
  const onError = (err: Error): void => logger.warn({ err }, 'a connection was lost');
  const pool = openPool(config.DATABASE_URL, { max: 20, onError });
  const source = publicSource(config.DATABASE_URL, onError);
  const onAnswered = more.appends.answered;
  const [log, restricted] = [
    new EventLog({ pool, onAnswered }),
    new EventLog({ pool, onAnswered, schema: 'log_restricted' }),
  ];
  const clock = new CaseClock({ pool, mode: config.GARDA_MODE });
  const vault = new Vault({ pool, masterKey: config.GARDA_MASTER_KEY });
  const reference = new ReferenceStore(pool, (err) => logger.warn({ err }, 'the catalogue could not be read'));
  const catalogue = new CatalogueView(reference, (data) => new Catalogue(data));
  const runners = runnersOf({ pool, log, restricted, reference, catalogue, logger });
  const views = new ReadViews([runners.caseState, runners.public, runners.reference]);
  const cases = new CaseStream(log, catalogue, views);
  const [codes, guesses] = [new TrackingCodes(config.GARDA_CODE_KEY), new GuessLimit(pool)];
  const teller = new NewsTeller(cases, more.runtime);
  const numbers = new PublicNumbers(pool, config.GARDA_NUMBER_KEY);
  const slips = new SlipBooks({ ...{ pool, log, catalogue, numbers, codes }, show: (at) => runners.slips.waitFor(at) });
  const voice = new CitizenVoice(cases);
  const channel = more.channel ?? new FileChannel(config.GARDA_OUTBOX);
  return {
    ...{ pool, source, log, restricted, clock, vault, reference, runners, views, cases, codes, guesses, teller },
    ...{ voice, numbers, slips },
    projections: new Projections(pool, Object.values(runners)),
    watch: watchLogs({ pool, logs: [log, restricted], log: logger }),
    notifier: new Notifier({ pool, log, cases, vault, channel, teller, logger }),
    holder: new CodeHolder(new CaseIndex(pool), codes, guesses),
    staff: new IntakeStaffDecider({ cases, voice, vault, slips, hashKey: config.GARDA_REQUEST_HASH_KEY }),
    ...{ jobs: new PrintJobs(pool), keys: new ApiKeys(pool) },
    counts: new PublishedCounts({ pool, clock, reference, zone: config.GARDA_ZONE }),
    publicCases: new PublicCases(source),
    ...declaredParts({ pool, restricted, cases, catalogue, vault, runner: runners.declared }),
  };
}

function declaredParts(of: {
  pool: Pool;
  restricted: EventLog;
  cases: CaseStream;
  catalogue: CatalogueView<Catalogue>;
  vault: Vault;
  runner: ProjectionRunner;
}) {
  const show = (at: bigint): Promise<boolean> => of.runner.waitFor(at);
  return { declared: new DeclaredPayments({ ...of, show }), declaredCases: new DeclaredCases(of.pool) };
}

function publicSource(url: string, onError: (err: Error) => void): DataSource {
  const entities = [PublicCaseRow, PublicUpdateRow];
  return new DataSource({ type: 'postgres', url, entities, extra: listenFromTheStart(onError) });
}

function runnersOf(of: {
  pool: Pool;
  log: EventLog;
  restricted: EventLog;
  reference: ReferenceStore;
  catalogue: CatalogueView<Catalogue>;
  logger: Log;
}) {
  const { pool, reference, catalogue, logger } = of;
  const project = (projection: LocalProjection) =>
    new ProjectionRunner({
      ...{ pool, log: projection.log === 'log' ? of.log : of.restricted, projection },
      onError: (err) => logger.fatal({ err, projection: projection.name }, 'a projection stopped'),
    });
  return {
    caseState: project(caseStateProjection(catalogue)),
    public: project(publicProjection),
    reference: project(referenceProjection(() => reference.refreshSoon())),
    notices: project(noticesProjection),
    slips: project(slipsProjection),
    declared: project(declaredProjection),
    caseCounts: project(caseCounts),
    levyCounts: project(levyCounts),
  };
}
