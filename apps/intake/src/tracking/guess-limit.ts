import { createHash } from 'node:crypto';
import type { Pool } from 'pg';

export interface GuessLimits {
  /** Wrong codes for one number in one window. */
  readonly perNumber: number;
  /** Wrong codes over all numbers in one window; beyond it a number has one wrong code, not `perNumber`. */
  readonly overall: number;
  readonly windowMs: number;
}
export const guessLimits: GuessLimits = { perNumber: 10, overall: 1000, windowMs: 60 * 60 * 1000 };

/** Too many wrong codes: nobody is told anything about this number until the window ends. */
export class TrackingCodeLocked extends Error {
  override readonly name = 'TrackingCodeLocked';
  readonly code = 'TRACKING_CODE_LOCKED';
  constructor(readonly retryAfterSeconds: number) {
    super('too many wrong tracking codes');
  }
}

const EVERYBODY = 'all';

interface Counted {
  guesses: number;
  overall: number;
  window_start: string;
  wait: number;
}

/**
 * Counts wrong tracking codes in PostgreSQL, so that the limit holds over all replicas and restarts. Windows follow the
 * machine's clock (rule 15): moving the case clock opens no lock. An attempt is counted before its code is looked at and
 * given back when it was right, so that many attempts at once cannot outrun the limit. When somebody tries many numbers,
 * the overall bound leaves each number one try: his guesses end, and a citizen with the right code still gets in.
 */
export class GuessLimit {
  constructor(
    private readonly pool: Pool,
    private readonly limits: GuessLimits = guessLimits,
  ) {}

  /** Throws TRACKING_CODE_LOCKED before the code is looked at; `look` answers undefined for a wrong code. */
  async attempt<T>(number: string, look: () => Promise<T | undefined>): Promise<T | undefined> {
    const { guesses, overall, window_start: window, wait } = await this.count(number);
    const allowed = overall >= this.limits.overall ? 1 : this.limits.perNumber;
    if (guesses > allowed) throw new TrackingCodeLocked(Math.max(1, wait));
    const found = await look();
    if (found === undefined) await this.add(EVERYBODY, window, 1);
    else await this.add(subjectOf(number), window, -1);
    return found;
  }

  /** Old windows are of no use to anybody. */
  async sweep(): Promise<void> {
    await this.pool.query(`delete from intake.code_guesses where window_start < clock_timestamp() - interval '2 days'`);
  }

  private async count(number: string): Promise<Counted> {
    const { rows } = await this.pool.query<Counted>(
      `insert into intake.code_guesses as g (subject, window_start, guesses)
         values ($1, to_timestamp(floor(extract(epoch from clock_timestamp()) * 1000 / $3) * $3 / 1000), 1)
       on conflict (subject, window_start) do update set guesses = g.guesses + 1
       returning guesses, window_start::text,
         ceil(extract(epoch from window_start) + $3 / 1000.0 - extract(epoch from clock_timestamp()))::int as wait,
         coalesce((select o.guesses from intake.code_guesses o
                    where o.subject = $2 and o.window_start = g.window_start), 0) as overall`,
      [subjectOf(number), EVERYBODY, this.limits.windowMs],
    );
    return rows[0] as Counted;
  }

  private async add(subject: string, window: string, n: number): Promise<void> {
    await this.pool.query(
      `insert into intake.code_guesses as g (subject, window_start, guesses) values ($1, $2::timestamptz, greatest($3, 0))
       on conflict (subject, window_start) do update set guesses = g.guesses + $3`,
      [subject, window, n],
    );
  }
}

/** Numbers that no case has are counted like the others, and are kept as a hash: they are what a stranger typed. */
function subjectOf(number: string): string {
  return createHash('sha256').update(number).digest('hex');
}
