import type { Pool, PoolClient } from 'pg';
import type { Sealed, SealTo } from '@garda/contracts';
import { MasterKey } from './master-key';
import { newSubjectKeys, open, type Plaintext } from './sealing';

/** The key of the subject is gone: what was sealed to it can be read by nobody, ever. */
export const ERASED = 'ERASED';

/**
 * The private keys of the people a case is about, one row a subject. Only intake has one.
 * Whoever erases a person deletes the row; every copy of the log forgets him at that moment.
 */
export class Vault {
  private readonly pool: Pool;
  private readonly master: MasterKey;

  constructor(opts: { pool: Pool; masterKey: string }) {
    this.pool = opts.pool;
    this.master = new MasterKey(opts.masterKey);
  }

  /**
   * Makes a key pair for one more person of the case and stores it. Must be committed before the event that
   * names it is appended: a key without a case is removed later, a case without a key could never be read.
   */
  async createSubject(db: Pool | PoolClient, caseId: string): Promise<SealTo> {
    const { subject, publicKey, privateKey } = await newSubjectKeys();
    const wrapped = this.master.wrap(Buffer.from(privateKey, 'base64url'), boundTo(subject, caseId));
    await db.query(
      'insert into vault.subject_keys (subject, case_id, public_key, private_key) values ($1, $2, $3, $4)',
      [subject, caseId, publicKey, wrapped],
    );
    return { subject, publicKey };
  }

  /** The plaintext, or `ERASED`. A sealed object of another case or event is an `OpenError`, whoever asks. */
  async openSealed(sealed: Sealed, caseId: string, eventId: string): Promise<Plaintext | typeof ERASED> {
    const { rows } = await this.pool.query<{ case_id: string; private_key: Buffer }>(
      'select case_id, private_key from vault.subject_keys where subject = $1',
      [sealed.subject],
    );
    const row = rows[0];
    if (row === undefined) return ERASED;
    const privateKey = this.master.unwrap(row.private_key, boundTo(sealed.subject, row.case_id));
    return open({ caseId, eventId }, sealed, privateKey.toString('base64url'));
  }

  /** How many of these people have no key here: what was sealed to them can be read by nobody. */
  async countWithoutKey(subjects: readonly string[]): Promise<number> {
    const { rows } = await this.pool.query<{ gone: number }>(
      `select count(*)::int as gone from unnest($1::uuid[]) s(subject)
         where not exists (select 1 from vault.subject_keys k where k.subject = s.subject)`,
      [subjects],
    );
    return rows[0]?.gone ?? 0;
  }

  /**
   * Destroys the key pairs of these people, for ever. To be called after the fact that says so is in the log, and as
   * often as one likes: what is gone stays gone.
   */
  async erase(db: Pool | PoolClient, subjects: readonly string[]): Promise<number> {
    const { rowCount } = await db.query('delete from vault.subject_keys where subject = any($1::uuid[])', [subjects]);
    return rowCount ?? 0;
  }

  /**
   * Removes keys older than `olderThan` whose case was never appended (a lost request, a repeated submit).
   * Give it a day: no append takes so long, so no key is removed under a case that is just being born.
   */
  async removeOrphans(olderThan: Date): Promise<number> {
    const { rowCount } = await this.pool.query(
      `delete from vault.subject_keys k where k.created_at < $1
         and not exists (select 1 from log.events e where e.stream_id = 'case-' || k.case_id)
         and not exists (select 1 from log_restricted.events e where e.stream_id = 'levy-' || k.case_id)`,
      [olderThan],
    );
    return rowCount ?? 0;
  }
}

function boundTo(subject: string, caseId: string): string {
  return `${subject}/${caseId.toLowerCase()}`;
}
