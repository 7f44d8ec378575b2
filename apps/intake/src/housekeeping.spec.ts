import { randomBytes } from 'node:crypto';
import { migrate, newEventId } from '@garda/event-store';
import { Vault } from '@garda/personal-data';
import { createLog } from '@garda/service';
import { withDatabase } from '@garda/testing';
import { Housekeeping } from './housekeeping';
import { intakeMigrations } from './migrations';
import { GuessLimit } from './tracking/guess-limit';

const db = withDatabase({
  template: 'intake',
  setUp: ({ ownerUrl, appRole }) => migrate(ownerUrl, intakeMigrations({ appRole })),
});

it('removes keys of people whose case never came, after a day and not before', async () => {
  const { pool, ownerPool } = db();
  const vault = new Vault({ pool, masterKey: randomBytes(32).toString('base64url') });
  const [old, young] = [await vault.createSubject(pool, newEventId()), await vault.createSubject(pool, newEventId())];
  await ownerPool.query(`update vault.subject_keys set created_at = now() - interval '25 hours' where subject = $1`, [
    old.subject,
  ]);
  const log = createLog({ service: 'spec', level: 'silent' });
  const housekeeping = new Housekeeping({ vault, guesses: new GuessLimit(pool), log });
  housekeeping.start();
  await housekeeping.stop();
  const { rows } = await pool.query<{ subject: string }>('select subject from vault.subject_keys');
  expect(rows).toEqual([{ subject: young.subject }]);
});
