import { commandId, type EventLog } from '@garda/event-store';
import { ERASED, type Vault } from '@garda/personal-data';
import type { Log, Part } from '@garda/service';
import type { Pool, PoolClient } from 'pg';
import type { CaseStream } from '../cases/case-stream';
import { sealedPartsOf } from '../cases/sealed-parts';
import type { IntakeData, LineName } from '@garda/contracts';
import { addressOf } from '../submission/content';
import { NotNow, type MessageChannel, type Sent } from './message-channel';
import type { NewsTeller } from './news-teller';
import { noticeViews } from './notices.projection';
import { Resting } from './resting';

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
const defaultWaits = [5000, 15_000, minute, 5 * minute, 30 * minute];
/** The projection is a moment behind the fact just written: not looked at again before it can know. */
const settleMs = 1000;
const atOnce = 20;
const restingAtMost = 1000;
/** So many not taken one after the other: the channel is down, the round ends. */
const downAfter = 3;
/** One replica tells at a time on a line: two would tell twice. */
const leaderLocks = { open: 7_236_410, restricted: 7_236_411 } as const satisfies Record<LineName, number>;

/**
 * Tells people who left an address that there is news: the number and these words, nothing else (rule 12). At least
 * once, always under the same id: a crash between the message and the fact repeats the message, never the fact. What the
 * channel refuses is recorded as failed and not tried again; what it does not take now is tried again, by the machine's
 * clock, however long that lasts, while the page or a desk may tell the news first.
 */
export class Notifier implements Part {
  private readonly resting: Resting;
  private timer: NodeJS.Timeout | undefined;
  private round: Promise<unknown> = Promise.resolve();
  private stopping = new AbortController();
  private stopped = true;
  private leave: () => void = () => undefined;

  constructor(private readonly opts: NotifierOptions) {
    this.resting = new Resting(opts.waitsMs ?? defaultWaits, restingAtMost);
  }

  private get table(): string {
    return `read.${noticeViews[this.opts.cases.line].notices}`;
  }

  start(): void {
    this.stopped = false;
    this.stopping = new AbortController();
    this.leave = this.opts.log.onAppended(() => this.next(10));
    this.next(0);
  }

  /** A message on its way is given up; it goes out again under its id. */
  async stop(): Promise<void> {
    this.stopped = true;
    this.stopping.abort();
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
    let [told, inARow] = [0, 0];
    for (const notice of await this.untold(client)) {
      if (this.stopping.signal.aborted || inARow >= downAfter) break;
      const sent = await this.tell(notice);
      inARow = sent === undefined ? inARow + 1 : 0;
      if (sent === 'sent') told += 1;
    }
    return told;
  }

  /** Oldest first. When as many rest as may, only those of them whose rest is over. */
  private async untold(client: Pool | PoolClient): Promise<Notice[]> {
    await this.forgetTold(client);
    const only = this.resting.full ? this.resting.due() : null;
    const { rows } = await client.query<Notice>(
      `select about, case_id as "caseId", event_id as "noteId" from ${this.table}
        where not settled and about <> all($1::uuid[]) and ($2::uuid[] is null or about = any($2))
        order by position limit ${atOnce}`,
      [this.resting.ids(), only],
    );
    return rows;
  }

  /** What the page or a desk told meanwhile rests no longer. */
  private async forgetTold(client: Pool | PoolClient): Promise<void> {
    const due = this.resting.due();
    if (due.length === 0) return;
    const { rows } = await client.query<{ about: string }>(
      `select about from ${this.table} where not settled and about = any($1::uuid[])`,
      [due],
    );
    this.resting.keep(
      due,
      rows.map(({ about }) => about),
    );
  }

  /** Undefined when it was not taken now. */
  private async tell(notice: Notice): Promise<Sent | undefined> {
    const { about, caseId, noteId } = notice;
    const { channel, teller, logger } = this.opts;
    try {
      const sent = await this.send(notice);
      this.resting.settle(about, settleMs);
      if (sent === 'refused')
        logger.warn({ caseId, channel: channel.name }, 'a message was refused; it is not sent again');
      await teller.triedByMessage(
        { caseId, line: this.opts.cases.line },
        { noteId, about, channel: channel.name, ok: sent === 'sent' },
      );
      return sent;
    } catch (err) {
      const [reason, asked] = err instanceof NotNow ? [{ reason: err.reason }, err.retryAfterMs] : [{ err }, undefined];
      this.resting.failed(about, asked);
      logger.warn({ ...reason, caseId, channel: channel.name }, 'a message was not handed over; it is tried again');
      return undefined;
    }
  }

  /** The address is opened here and nowhere else. Refused when there is none any more. */
  private async send({ caseId, noteId }: Notice): Promise<Sent> {
    const { cases, vault, channel } = this.opts;
    const [submitted] = await cases.events(caseId);
    const own = submitted === undefined ? undefined : sealedPartsOf([submitted])[0];
    if (submitted === undefined || own === undefined) return 'refused';
    const opened = await vault.openSealed(own.sealed, caseId, own.boundTo);
    const to = opened === ERASED ? undefined : addressOf(opened);
    if (to === undefined) return 'refused';
    const { number } = submitted.data as IntakeData<'CaseSubmitted'>;
    const text = `${number}: ada kabar baru. There is news.`;
    return channel.send({ id: commandId('message', noteId), to, text }, this.stopping.signal);
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
