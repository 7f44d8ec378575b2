import { CatalogueView } from '@garda/case-service';
import { Catalogue } from '@garda/domain';
import { listenFromTheStart, openPool } from '@garda/event-store';
import { Vault } from '@garda/personal-data';
import { Projections } from '@garda/projection';
import { referenceProjection, ReferenceStore } from '@garda/reference';
import { lineNames, type LineName } from '@garda/contracts';
import { CaseClock, LogMetrics, watchLogs, type Log, type Metrics, type ServiceRuntime } from '@garda/service';
import { DataSource } from 'typeorm';
import { ApiKeys } from './api-keys/api-keys';
import { CaseIndex } from './cases/case-index';
import { CitizenVoice } from './citizen/citizen-commands';
import { CodeHolder } from './citizen/code-holder';
import type { IntakeConfig } from './config';
import { IntakeLine, type LineParts, type LineTopics } from './line';
import { FileChannel, type MessageChannel } from './notification/message-channel';
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
  const lines = linesOf({ config, pool, catalogue, logger, metrics: more.metrics }, more.topics, reference);
  const streams = { open: lines.open.cases, restricted: lines.restricted.cases };
  const [codes, guesses] = [new TrackingCodes(config.GARDA_CODE_KEY), new GuessLimit(pool)];
  const teller = new NewsTeller(streams, more.runtime);
  const numbers = new PublicNumbers(pool, config.GARDA_NUMBER_KEY);
  const byNumber = lines.open.project(slipsProjection);
  const { log } = lines.open;
  const slips = new SlipBooks({ ...{ pool, log, catalogue, numbers, codes }, show: (at) => byNumber.waitFor(at) });
  const voice = new CitizenVoice(streams);
  const channel = more.channel ?? new FileChannel(config.GARDA_OUTBOX);
  const notifierOf = ({ log: own, cases }: IntakeLine) =>
    new Notifier({ log: own, cases, pool, vault, channel, teller, logger });
  const runners = [...lineNames.flatMap((line) => lines[line].runners), byNumber];
  return {
    ...{ pool, source, lines, streams, clock, vault, reference, runners, codes, guesses, teller },
    ...{ voice, numbers, slips },
    projections: new Projections(pool, runners),
    watch: watchLogs({ pool, logs: lineNames.map((line) => lines[line].log), log: logger }),
    notifiers: lineNames.map((line) => notifierOf(lines[line])),
    holder: new CodeHolder(new CaseIndex(pool), codes, guesses),
    staff: new IntakeStaffDecider({ streams, voice, vault, slips, hashKey: config.GARDA_REQUEST_HASH_KEY }),
    jobs: new PrintJobs(pool),
    keys: new ApiKeys(pool),
    publicCases: new PublicCases(source),
  };
}

/** The catalogue and what everybody may read are on the open line; the restricted one has its cases and nothing else. */
function linesOf(
  shared: Omit<LineParts, 'appends'>,
  topics: Readonly<Record<LineName, LineTopics>>,
  reference: ReferenceStore,
): Readonly<Record<LineName, IntakeLine>> {
  const parts = { ...shared, appends: new LogMetrics(shared.metrics) };
  const shown = [publicProjection, referenceProjection(() => reference.refreshSoon())];
  return {
    open: new IntakeLine('open', topics.open, parts, shown),
    restricted: new IntakeLine('restricted', topics.restricted, parts),
  };
}

function publicSource(url: string, onError: (err: Error) => void): DataSource {
  const entities = [PublicCaseRow, PublicUpdateRow];
  return new DataSource({ type: 'postgres', url, entities, extra: listenFromTheStart(onError) });
}
