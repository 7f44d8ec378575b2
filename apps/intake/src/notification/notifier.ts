import type { EventLog } from '@garda/event-store';
import { ERASED, type Vault } from '@garda/personal-data';
import type { Log, Part } from '@garda/service';
import type { Pool, PoolClient } from 'pg';
import type { CaseStream } from '../cases/case-stream';
import { sealedPartsOf } from '../cases/sealed-parts';
import type { IntakeData, LineName } from '@garda/contracts';
import { addressOf } from '../submission/content';
import type { MessageChannel } from './message-channel';
import type { NewsTeller } from './news-teller';
import { noticeViews } from './notices.projection';

interface Notice {
  readonly about: string;
  readonly caseId: string;
  readonly noteId: string;
}

export interface NotifierOptions {
  readonly pool: Pool;
  readonly log: EventLog;
  readonly cases: CaseStream;
  readonly vault: Vault;
  readonly channel: MessageChannel;
  readonly teller: NewsTeller;
  readonly logger: Log;
  readonly idleMs?: number;
  /** Waits after the first, second, … failure of one message; the last one goes on. */
  readonly waitsMs?: readonly number[];
}

const minute = 60_000;
const defaultWaits = [minute, 5 * minute, 30 * minute, 2 * 60 * minute, 6 * 60 * minute];
/** The projection is a moment behind the fact just written: not looked at again before it can know. */
const settleMs = 1000;
const atOnce = 20;
/** One replica tells at a time on a line: two would tell twice. */
const leaderLocks = { open: 7_236_410, restricted: 7_236_411 } as const satisfies Record<LineName, number>;

/**
 * Tells people who left an address that there is news: the number and these words, nothing else (rule 12). At least
 * once: a crash between the message and the fact repeats the message, never the fact. A failure is recorded once and the
 * message tried again, by the machine's clock, while the page may tell the news first.
 */
export class Notifier implements Part {
  private readonly waiting = new Map<string, { failures: number; until: number }>();
  private timer: NodeJS.Timeout | undefined;
  private round: Promise<unknown> = Promise.resolve();
  private stopped = true;
  private leave: () => void = () => undefined;

  constructor(private readonly opts: NotifierOptions) {}

  start(): void {
    this.stopped = false;
    this.leave = this.opts.log.onAppended(() => this.next(10));
    this.next(0);
  }

  async stop(): Promise<void> {
    this.stopped = true;
    this.leave();
    clearTimeout(this.timer);
    await this.round;
  }

  private get lock(): number {
    return leaderLocks[this.opts.cases.line];
  }

  /** One look at what is untold. Answers how many were told. */
  async sweep(): Promise<number> {
    if ((await this.untold(this.opts.pool)).length === 0) return 0;
    const client = await this.opts.pool.connect();
    try {
      const { rows } = await client.query<{ mine: boolean }>('select pg_try_advisory_lock($1) as mine', [this.lock]);
      if (rows[0]?.mine !== true) return 0;
      try {
        return await this.tellAll(client);
      } finally {
        await client.query('select pg_advisory_unlock($1)', [this.lock]);
      }
    } finally {
      client.release();
    }
  }

  private async tellAll(client: PoolClient): Promise<number> {
    let told = 0;
    for (const notice of await this.untold(client)) {
      if (this.stopped && this.timer !== undefined) break;
      if (await this.tell(notice)) told += 1;
    }
    return told;
  }

  private async untold(client: Pool | PoolClient): Promise<Notice[]> {
    const now = Date.now();
    const resting = [...this.waiting].filter(([, { until }]) => until > now).map(([about]) => about);
    const { rows } = await client.query<Notice>(
      `select about, case_id as "caseId", event_id as "noteId" from read.${noticeViews[this.opts.cases.line].notices}
        where not told and about <> all($1::uuid[]) order by position limit ${atOnce}`,
      [resting],
    );
    return rows;
  }

  private async tell({ about, caseId, noteId }: Notice): Promise<boolean> {
    const ok = await this.send(caseId);
    const failures = (this.waiting.get(about)?.failures ?? 0) + (ok ? 0 : 1);
    this.waiting.set(about, { failures, until: Date.now() + (ok ? settleMs : this.waitAfter(failures)) });
    await this.opts.teller.triedByFile({ caseId, line: this.opts.cases.line }, { noteId, about, ok });
    if (ok) setTimeout(() => this.waiting.delete(about), 2 * settleMs).unref();
    return ok;
  }

  /** False when there is no address any more, or the channel refused. */
  private async send(caseId: string): Promise<boolean> {
    const { cases, vault, channel, logger } = this.opts;
    try {
      const [submitted] = await cases.events(caseId);
      const own = submitted === undefined ? undefined : sealedPartsOf([submitted])[0];
      if (submitted === undefined || own === undefined) return false;
      const opened = await vault.openSealed(own.sealed, caseId, own.boundTo);
      const to = opened === ERASED ? undefined : addressOf(opened);
      if (to === undefined) return false;
      const { number } = submitted.data as IntakeData<'CaseSubmitted'>;
      await channel.send({ to, text: `${number}: ada kabar baru. There is news.` });
      return true;
    } catch (err) {
      logger.warn({ err, caseId }, 'a message was not handed over; it is tried again');
      return false;
    }
  }

  private waitAfter(failures: number): number {
    const waits = this.opts.waitsMs ?? defaultWaits;
    return waits[Math.min(failures, waits.length) - 1] ?? minute;
  }

  private next(wait: number): void {
    clearTimeout(this.timer);
    if (this.stopped) return;
    this.timer = setTimeout(() => {
      this.round = this.round
        .then(() => this.sweep())
        .catch((err: unknown) => this.opts.logger.warn({ err }, 'the notifier failed; the next round follows'))
        .finally(() => this.next(this.opts.idleMs ?? 1000));
    }, wait);
  }
}
