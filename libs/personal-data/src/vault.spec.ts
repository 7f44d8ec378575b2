import { randomBytes } from 'node:crypto';
import { EventLog, commandId, eventLogMigrations, migrate, newEventId } from '@garda/event-store';
import { withDatabase } from '@garda/testing';
import { vaultMigrations } from './migrations';
import { OpenError, seal } from './sealing';
import { ERASED, Vault } from './vault';

const masterKey = randomBytes(32).toString('base64url');
const later = () => new Date(Date.now() + 60_000);

describe('the vault', () => {
  const db = withDatabase({
    template: 'vault',
    setUp: ({ ownerUrl, appRole }) =>
      migrate(ownerUrl, [...eventLogMigrations({ appRole }), ...vaultMigrations({ appRole })]),
  });
  const vault = (key = masterKey) => new Vault({ pool: db().pool, masterKey: key });
  const ids = () => ({ caseId: newEventId(), eventId: newEventId() });

  it('opens what anybody sealed to a subject of it', async () => {
    const { caseId, eventId } = ids();
    const to = await vault().createSubject(db().pool, caseId);
    const sealed = await seal({ caseId, eventId, ...to }, { name: 'Siti' });
    expect(await vault().openSealed(sealed, caseId, eventId)).toEqual({ name: 'Siti' });
  });

  it('refuses an object that was moved to another event or another case', async () => {
    const { caseId, eventId } = ids();
    const to = await vault().createSubject(db().pool, caseId);
    const sealed = await seal({ caseId, eventId, ...to }, { name: 'Siti' });
    await expect(vault().openSealed(sealed, caseId, newEventId())).rejects.toBeInstanceOf(OpenError);
    await expect(vault().openSealed(sealed, newEventId(), eventId)).rejects.toBeInstanceOf(OpenError);
  });

  it('answers ERASED once the key is deleted', async () => {
    const { caseId, eventId } = ids();
    const to = await vault().createSubject(db().pool, caseId);
    const sealed = await seal({ caseId, eventId, ...to }, { name: 'Siti' });
    await db().pool.query('delete from vault.subject_keys where subject = $1', [to.subject]);
    expect(await vault().openSealed(sealed, caseId, eventId)).toBe(ERASED);
  });

  it('keeps no private key that a copy of the database could use', async () => {
    const { caseId, eventId } = ids();
    const to = await vault().createSubject(db().pool, caseId);
    const sealed = await seal({ caseId, eventId, ...to }, { name: 'Siti' });
    const stranger = vault(randomBytes(32).toString('base64url'));
    await expect(stranger.openSealed(sealed, caseId, eventId)).rejects.toThrow(/authenticate/);
    const other = await vault().createSubject(db().pool, caseId);
    await db().ownerPool.query(
      `update vault.subject_keys k set private_key = o.private_key from vault.subject_keys o
        where k.subject = $1 and o.subject = $2`,
      [to.subject, other.subject],
    );
    await expect(vault().openSealed(sealed, caseId, eventId)).rejects.toThrow(/authenticate/);
    expect(() => vault('short')).toThrow(/32 bytes/);
  });

  it('rolls back with the transaction that made the subject', async () => {
    const { caseId } = ids();
    const client = await db().pool.connect();
    await client.query('begin');
    const { subject } = await vault().createSubject(client, caseId);
    await client.query('rollback');
    client.release();
    const { rows } = await db().pool.query('select 1 from vault.subject_keys where subject = $1', [subject]);
    expect(rows).toHaveLength(0);
  });

  it('lets the application add and delete keys, never change one', async () => {
    await expect(db().pool.query(`update vault.subject_keys set public_key = 'x'`)).rejects.toThrow(
      /permission denied/,
    );
  });

  it('removes old keys without a case and leaves young ones and those of a case', async () => {
    const lodged = ids();
    const lost = ids();
    const kept = await vault().createSubject(db().pool, lodged.caseId);
    const orphan = await vault().createSubject(db().pool, lost.caseId);
    await lodge(lodged.caseId, lodged.eventId);
    expect(await vault().removeOrphans(new Date(Date.now() - 60_000))).toBe(0);
    expect(await vault().removeOrphans(later())).toBeGreaterThanOrEqual(1);
    const { rows } = await db().pool.query<{ subject: string }>(
      'select subject from vault.subject_keys where subject = any($1)',
      [[kept.subject, orphan.subject]],
    );
    expect(rows).toEqual([{ subject: kept.subject }]);
  });

  async function lodge(caseId: string, eventId: string): Promise<void> {
    const log = new EventLog({ pool: db().pool });
    const id = commandId('vault spec', caseId);
    const meta = { commandId: id, correlationId: newEventId(), actor: { kind: 'citizen' as const } };
    await log.append({
      streamId: `case-${caseId}`,
      key: caseId,
      expected: 0,
      commandId: id,
      requestHash: null,
      result: null,
      events: [
        { type: 'CaseSubmitted', schemaVersion: 1, data: {}, eventId, meta, occurredAt: new Date().toISOString() },
      ],
    });
    await log.close();
  }
});
