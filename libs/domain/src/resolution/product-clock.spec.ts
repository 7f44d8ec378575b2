import { accepted, assigned, caseId, known, resolved, terms, work } from '../../test/facts';
import { catalogue } from '../../test/catalogue';
import { closedBy, disputed, judged, reopened, withdrawn } from '../../test/disputes';
import { at, id, monday, specFor, type Fact } from '../../test/spec';
import { resolutionFact } from '../shared/facts';
import { fireResolution, resolutionDue } from './due';
import { resolutionFold } from './evolve';

const given = specFor(resolutionFold);
const unit = 'desa-a';
const letter = { terms: terms('DS-02', 'village') };
const product = 'village_letter';
const issued = (ref: string, partial = false) =>
  at(
    monday,
    resolutionFact('ProductIssued', { caseId, unit, stage: 0, product, partial, number: ref, signatory: 'head' }),
    id(ref),
  );
const delivered = (ref: string) =>
  resolutionFact('ProductDelivered', { caseId, unit, issued: id(ref), product, to: 'applicant', receipt: 'TT-1' });
const takenBack = (ref: string) =>
  resolutionFact('ProductTakenBack', { caseId, unit, issued: id(ref), product, from: unit });

const working = [known(letter), work(unit, 0, letter), assigned('officer', unit), accepted('officer', unit)];
const granted = (day: string, decision: string) => at(`${day}T02:00:00.000Z`, resolved('granted', unit), id(decision));
const decided = [...working, issued('letter'), granted('2026-02-03', 'd')];
const on = (day: string, fact: Fact) => at(`${day}T02:00:00.000Z`, fact);

/** Sixty working days: from Tuesday 3 February, two days off in March. */
const clocks = (...facts: readonly Fact[]) =>
  resolutionDue(given(...facts).state, catalogue)
    .filter(({ clock }) => clock === 'product')
    .map(({ startedVersion, dueAt }) => `${startedVersion} ${dueAt.slice(0, 10)}`);

describe('the clock of what nobody fetches', () => {
  const final = [...decided, disputed(id('d')), on('2026-02-10', judged('dismissed'))];
  it.each([
    ['the decision, though it was issued before', decided, ['6 2026-04-30']],
    ['nothing while the decision is disputed', [...decided, disputed(id('d'))], []],
    ['the dismissal that made the decision final', final, ['8 2026-05-07']],
    ['the dismissal, also when the case is closed', [...final, closedBy('dismissed')], ['8 2026-05-07']],
    ['the decision, where it was closed undisputed', [...decided, closedBy('silence')], ['6 2026-04-30']],
    ['nothing where nothing was decided', [...decided.slice(0, -1), withdrawn, closedBy('withdrawn')], []],
    [
      'the last decision, where an objection to the first was right',
      [...decided, disputed(id('d')), judged('upheld'), reopened('upheld'), granted('2026-02-17', 'd2')],
      ['10 2026-05-14'],
    ],
    [
      'the last decision, where the first had been final',
      [...final, closedBy('dismissed'), reopened('ex_officio'), granted('2026-02-17', 'd2')],
      ['11 2026-05-14'],
    ],
  ] as const)('runs from %s', (_, facts, expected) => expect(clocks(...facts)).toEqual(expected));

  const told = resolutionFact('ReminderDue', {
    ...{ caseId, rung: 'product_not_collected', step: 1, startedVersion: 8, to: [], dueAt: monday },
  });
  it('takes back what is still to be fetched, and nothing else', () => {
    const facts = [...working, issued('draft', true), issued('letter'), issued('second'), granted('2026-02-03', 'd')];
    given(...facts, delivered('second'), closedBy('silence'), told)
      .when(
        (state, all) => fireResolution(state, { clock: 'product', startedVersion: 8, rung: 1 }, all),
        '2026-05-01T00:00:00.000Z',
      )
      .then(takenBack('letter'));
    expect(given(...facts, delivered('second'), takenBack('letter')).state).toMatchObject({
      products: [{ state: 'issued' }, { state: 'taken_back' }, { state: 'delivered' }],
    });
  });
});
