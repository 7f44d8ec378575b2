import { join } from 'node:path';
import { randomUUID } from 'node:crypto';
import { loadCatalogue } from '@garda/catalogue';
import type { IntakeData } from '@garda/contracts';
import { Catalogue, pinTerms } from '@garda/domain';
import { monday } from './harness';

const { bundle } = loadCatalogue(join(__dirname, '..', '..', '..', 'catalogue', 'batang'));
const catalogue = new Catalogue({ ...bundle, policies: [bundle.policy] });

/** What a citizen handed in under a standard of Batang, as intake publishes it. */
export function submitted(code: string, more: object = {}): Omit<IntakeData<'CaseSubmitted'>, 'caseId'> {
  const standard = catalogue.standard(code);
  if (standard === undefined) throw new Error(`no standard ${code}`);
  const subject = randomUUID();
  return {
    number: '012345678',
    terms: pinTerms(standard, 'citizen', monday, catalogue),
    channel: 'web',
    filedBy: { by: 'citizen' },
    receivedAt: monday,
    entry: 'citizen',
    objectPlace: { lat: -6.9, long: 109.8 },
    identity: 'withheld',
    content: 'public',
    subjects: [{ subject, role: 'applicant' }],
    sealTo: [{ subject, publicKey: 'unused' }],
    attributes: {},
    sealed: [],
    contentCommitment: '0'.repeat(64),
    tellBy: 'page',
    papers: [],
    ...more,
  };
}
