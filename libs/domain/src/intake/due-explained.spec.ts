import type { IntakeData } from '@garda/contracts';
import { catalogue } from '../../test/catalogue';
import { desk, familyCard, submitted } from '../../test/facts';
import { answers, hours, note, told } from '../../test/noted';
import { recorded, type Fact } from '../../test/spec';
import { explainTold } from './due-told';

type Noted = IntakeData<'CaseProgressNoted'>;

const day = (n: number) => hours(24 * n);
const completed = note(0, 'StageCompleted');
const at = (stage: number) => note(0, 'WorkReceived', { unit: 'desa-a', stage });
const longer = (kind: 'extension' | 'supervision', stage: number, time: string) =>
  note(1, 'x', { state: 'extended', longer: { kind, stage, time } });
const decided = note(24, 'CaseResolved', { state: 'decided' });
const reopened = (reason: NonNullable<Noted['reopened']>) =>
  note(48, 'CaseReopened', { state: 'reopened', reopened: reason });
const question = note(0, 'InformationRequested', { state: 'waiting' });

/** The terms that are added up, each with what it is for, and its stage where it is of one. */
const termsOf = (...facts: readonly Fact[]) =>
  explainTold(recorded(facts), catalogue)?.steps.flatMap((step) =>
    step.what === 'term' ? [[step.why, step.time, ...(step.stage === null ? [] : [step.stage])].join(' ')] : [],
  );
const startOf = (...facts: readonly Fact[]) => explainTold(recorded(facts), catalogue)?.steps[0];

const card = submitted(familyCard); // one, two and three working days
const promised = ['stage 1wd 0', 'stage 2wd 1', 'stage 3wd 2'];

describe('a due date is explained', () => {
  it.each([
    ['desk', desk],
    ['recorded', { by: 'citizen' }],
    ['imported', { by: 'program', program: 'import' }],
  ] as const)('from the receipt: %s', (why, filedBy) =>
    expect(startOf(submitted({ filedBy }))).toEqual({ what: 'start', why, at: day(0) }),
  );

  it.each<[string, readonly Fact[], readonly string[]]>([
    ['by the times of all stages', [], promised],
    ['by the times of all stages, however many are done', [completed], promised],
    ['by more time', [longer('extension', 1, '7wd')], [...promised, 'extension 7wd']],
    [
      'by another time of the stage that is supervised',
      [longer('supervision', 1, '60wd')],
      ['stage 1wd 0', 'supervision 60wd 1', 'stage 3wd 2'],
    ],
    [
      'by both',
      [longer('extension', 1, '7wd'), longer('supervision', 1, '60wd')],
      ['stage 1wd 0', 'supervision 60wd 1', 'stage 3wd 2', 'extension 7wd'],
    ],
    ['by half of it where the office was wrong', [completed, decided, reopened('upheld')], ['reopened 3wd']],
    ['by half of it where the office found out itself', [decided, reopened('ex_officio')], ['reopened 3wd']],
    ['by the time of the first stage anew, once he answered late', [decided, reopened('answered')], ['reopened 1wd']],
    ['by that of the next stage', [completed, decided, reopened('answered')], ['reopened 2wd']],
    ['by that of the last stage', [completed, completed, decided, reopened('answered')], ['reopened 3wd']],
    [
      'by that of a stage that was returned',
      [completed, at(1), completed, at(0), decided, reopened('answered')],
      ['reopened 1wd'],
    ],
    ['by the first promise, once it follows no other case', [decided, reopened('unlinked')], promised],
    [
      'by one time of supervision for all stages after that',
      [decided, reopened('upheld'), longer('supervision', 1, '60wd')],
      ['supervision 60wd'],
    ],
  ])('%s', (_, facts, terms) => expect(termsOf(card, ...facts)).toEqual(terms));

  it('from when it was reopened, unless it was promised from its own receipt', () => {
    for (const reason of ['answered', 'upheld', 'ex_officio'] as const)
      expect(startOf(card, decided, reopened(reason))).toEqual({ what: 'start', why: 'reopened', at: day(2) });
    expect(startOf(card, decided, reopened('unlinked'))).toEqual({ what: 'start', why: 'desk', at: day(0) });
  });

  it('by what he was waited for, and not by what he was never told', () => {
    const stops = (...facts: readonly Fact[]) =>
      explainTold(recorded([card, question, ...facts]), catalogue)?.steps.filter(({ what }) => what === 'stop');
    const stop = { what: 'stop', why: ['question'], from: day(1), adds: { unit: 'wd', count: 1 } };
    const [asked, answered] = [told(24, 'InformationRequested'), answers(48, 'InformationRequested')];
    expect(stops(asked, answered)).toMatchObject([{ ...stop, until: day(2), open: false }]);
    expect(stops(asked)).toMatchObject([{ what: 'stop', from: day(1), open: true }]);
    expect(stops(answered)).toEqual([]);
  });
});
