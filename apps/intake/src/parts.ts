import { CatalogueView } from '@garda/case-service';
import { Catalogue } from '@garda/domain';
import { listenFromTheStart, openPool } from '@garda/event-store';
import { Vault } from '@garda/personal-data';
import { Projections, type ProjectionRunner } from '@garda/projection';
import { referenceProjection, ReferenceStore } from '@garda/reference';
import { lineNames, type LineName } from '@garda/contracts';
import { CaseClock, LogMetrics, watchLogs, type Log, type Metrics, type ServiceRuntime } from '@garda/service';
import type { Pool } from 'pg';
import { DataSource } from 'typeorm';
import { ApiKeys } from './api-keys/api-keys';
import { CaseIndex } from './cases/case-index';
import { CitizenVoice } from './citizen/citizen-commands';
import { CodeHolder } from './citizen/code-holder';
import type { IntakeConfig } from './config';
import { caseCounts, levyCounts } from './counts/counts.projection';
import { PublishedCounts } from './counts/published-counts';
import { DeclaredCases } from './declared/declared-cases';
import { DeclaredPayments } from './declared/declared-payments';
import { declaredProjection } from './declared/declared.projection';
import { erasuresProjection } from './erasure/erasures.projection';
import { IntakeLine, type LineParts, type LineTopics } from './line';
import { channelOf } from './notification/channel-of';
import type { MessageChannel } from './notification/message-channel';
import { NewsTeller } from './notification/news-teller';
import { Notifier } from './notification/notifier';
import { PublicNumbers } from './numbers/public-number';
import { PublicCases } from './open311/public-cases';
import { PublicCaseRow, PublicUpdateRow } from './open311/public.entities';
import { publicProjection } from './open311/public.projection';
import { IntakeStaffDecider } from './staff/staff-decider';
import { PrintJobs } from './slips/print-jobs';
import { SlipBooks } from './slips/slip-books';
import { slipsProjection } from './slips/slips.projection';
import { StandInNames } from './stand-ins/stand-ins';
import { GuessLimit } from './tracking/guess-limit';
import { TrackingCodes } from './tracking/tracking-code';

export type Parts = ReturnType<typeof partsOf>;

interface Given {
  readonly runtime: () => ServiceRuntime;
  readonly metrics: Metrics;
  readonly topics: Readonly<Record<LineName, LineTopics>>;
  readonly channel?: MessageChannel | undefined;
}

/** Everything intake works with, made once a process and connected to nothing yet. */
export function partsOf(config: IntakeConfig, logger: Log, more: Given) {
  const onError = (err: Error): void => logger.warn({ err }, 'a connection was lost');
  const pool = openPool(config.DATABASE_URL, { max: 20, onError });
  const source = publicSource(config.DATABASE_URL, onError);
  const clock = new CaseClock({ pool, mode: config.GARDA_MODE });
  const vault = new Vault({ pool, masterKey: config.GARDA_MASTER_KEY });
  const reference = new ReferenceStore(pool, (err) => logger.warn({ err }, 'the catalogue could not be read'));
  const catalogue = new CatalogueView(reference, (data) => new Catalogue(data));
  const lines = linesOf({ config, pool, catalogue, logger, metrics: more.metrics }, more.topics, { reference, vault });
  const streams = { open: lines.open.cases, restricted: lines.restricted.cases };
  const [codes, guesses] = [new TrackingCodes(config.GARDA_CODE_KEY), new GuessLimit(pool)];
  const teller = new NewsTeller(streams, more.runtime);
  const numbers = new PublicNumbers(pool, config.GARDA_NUMBER_KEY);
  const byNumber = lines.open.project(slipsProjection);
  const { log } = lines.open;
  const slips = new SlipBooks({ ...{ pool, log, catalogue, numbers, codes }, show: (at) => byNumber.waitFor(at) });
  const voice = new CitizenVoice(streams);
  const channel = more.channel ?? channelOf(config);
  const notifierOf = ({ log: own, cases }: IntakeLine) =>
    new Notifier({ log: own, cases, pool, vault, channel, teller, logger });
  const payments = lines.restricted.project(declaredProjection);
  const counted = [lines.open.project(caseCounts), lines.restricted.project(levyCounts)];
  const runners = [...lineNames.flatMap((line) => lines[line].runners), byNumber, payments, ...counted];
  return {
    ...{ pool, source, lines, streams, clock, vault, reference, runners, codes, guesses, teller },
    ...{ voice, numbers, slips, channel },
    standIns: new StandInNames({ log, catalogue, reference, views: lines.open.views }),
    ...declaredParts({ pool, lines, catalogue, vault, payments }),
    projections: new Projections(pool, runners),
    watch: watchLogs({ pool, logs: lineNames.map((line) => lines[line].log), log: logger }),
    notifiers: lineNames.map((line) => notifierOf(lines[line])),
    holder: new CodeHolder(new CaseIndex(pool), codes, guesses),
    staff: new IntakeStaffDecider({ streams, voice, vault, slips, hashKey: config.GARDA_REQUEST_HASH_KEY }),
    ...{ jobs: new PrintJobs(pool), keys: new ApiKeys(pool) },
    counts: new PublishedCounts({ pool, clock, reference, zone: config.GARDA_ZONE }),
    publicCases: new PublicCases(source),
  };
}

function declaredParts(of: {
  pool: Pool;
  lines: Readonly<Record<LineName, IntakeLine>>;
  catalogue: CatalogueView<Catalogue>;
  vault: Vault;
  payments: ProjectionRunner;
}) {
  const { pool, lines, catalogue, vault, payments } = of;
  const show = (at: bigint): Promise<boolean> => payments.waitFor(at);
  const [restricted, cases] = [lines.restricted.log, lines.open.cases];
  return {
    declared: new DeclaredPayments({ restricted, cases, catalogue, vault, show }),
    declaredCases: new DeclaredCases(pool),
  };
}

/** The catalogue and what everybody may read are on the open line; the restricted one has its cases and nothing else. */
function linesOf(
  shared: Omit<LineParts, 'appends'>,
  topics: Readonly<Record<LineName, LineTopics>>,
  { reference, vault }: { reference: ReferenceStore; vault: Vault },
): Readonly<Record<LineName, IntakeLine>> {
  const parts = { ...shared, appends: new LogMetrics(shared.metrics) };
  const shown = [publicProjection, referenceProjection(() => reference.refreshSoon())];
  const erasures = (line: LineName) => erasuresProjection(vault, line);
  return {
    open: new IntakeLine('open', topics.open, parts, [...shown, erasures('open')]),
    restricted: new IntakeLine('restricted', topics.restricted, parts, [erasures('restricted')]),
  };
}

function publicSource(url: string, onError: (err: Error) => void): DataSource {
  const entities = [PublicCaseRow, PublicUpdateRow];
  return new DataSource({ type: 'postgres', url, entities, extra: listenFromTheStart(onError) });
}
