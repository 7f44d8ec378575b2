import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { loadCatalogue } from '@garda/catalogue';
import type { Entry, FiledBy, LineName, PinnedTerms } from '@garda/contracts';
import { Catalogue, pinTerms } from '@garda/domain';
import { newSubjectKeys, type SubjectKeys } from '@garda/personal-data';
import { monday, type Harness } from './harness';

const { bundle } = loadCatalogue(join(__dirname, '..', '..', '..', 'catalogue', 'batang'));
const catalogue = new Catalogue({ ...bundle, policies: [bundle.policy] });

export interface KnownCase {
  readonly caseId: string;
  readonly keys: SubjectKeys;
  readonly terms: PinnedTerms;
  /** Routing's fact that the case has entered, and to whom it goes. */
  readonly enter: (more?: object) => Promise<void>;
}

/** A case of Batang as routing makes it known: entered, and given to the unit of its first stage. */
export async function caseOf(
  to: Harness,
  code: string,
  unit: string,
  filed: { filedBy: FiledBy; entry: Entry; papers?: readonly string[]; tariff?: PinnedTerms['tariff'] } = {
    filedBy: { by: 'citizen' },
    entry: 'citizen',
  },
  line: LineName = 'open',
): Promise<KnownCase> {
  const standard = catalogue.standard(code);
  if (standard === undefined) throw new Error(`no standard ${code}`);
  const pinned = pinTerms(standard, filed.entry, monday, catalogue);
  const terms = filed.tariff === undefined ? pinned : { ...pinned, tariff: filed.tariff };
  const keys = await newSubjectKeys();
  const { subject, publicKey } = keys;
  const caseId = randomUUID();
  const routing = line === 'open' ? to.routing : to.restricted.routing;
  const enter = async (more: object = {}) => {
    const entered = {
      filedBy: filed.filedBy,
      entry: filed.entry,
      papers: filed.papers ?? [],
      terms,
      sealTo: [{ subject, publicKey }],
      receivedAt: monday,
      objectPlace: {},
      attributes: {},
      identity: 'withheld',
      content: 'public',
      ...more,
    };
    await routing.write(caseId, 'CaseEntered', entered, { line });
    const routed = { unit, offer: 1, stage: 0, terms: terms.stages[0], binding: false, by: 'policy' };
    await routing.write(caseId, 'CaseRouted', routed, { line });
  };
  return { caseId, keys, terms, enter };
}
