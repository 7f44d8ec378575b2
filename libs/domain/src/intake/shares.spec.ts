import { calendar, catalogue, rows } from '../../test/catalogue';
import { afterDeeds } from '../../test/deeds';
import { familyCard, staff, submit, submitted } from '../../test/facts';
import { answers, hours, note, noteOfBill as bill, told } from '../../test/noted';
import { at, recorded, type Fact } from '../../test/spec';
import { System } from '../../test/system';
import type { KnownRoutingCase } from '../routing/case';
import { Catalogue, ReferenceMissing } from '../shared/catalogue';
import { sharesOf } from '../shared/shares';
import { sharesTold } from './shares';
import { submitCase } from './submit';

const question = 'InformationRequested';
const fee = 'FeeAssessed';
const card = submitted(familyCard);
const work = (hour: number, unit?: string) => note(hour, 'WorkReceived', { unit });
const asked = (hour: number) => note(hour, question, { state: 'waiting' });
const billed = (hour: number) => note(hour, fee);
const goesOn = (hour: number) => note(hour, 'AnswerReceived', { state: 'working' });
const decided = (hour: number) => note(hour, 'CaseResolved', { state: 'decided' });
const arbiter = (hour: number) => note(hour, 'WorkReceived', { state: 'disputed', unit: 'upkp2' });
const reopened = (hour: number) => note(hour, 'CaseReopened', { state: 'reopened', reopened: 'upheld' });
const closed = (hour: number) => note(hour, 'CaseClosed', { state: 'closed' });
const sent = (hour: number, ...items: string[]) => note(hour, 'DocumentsHandedOver', { unit: 'kec-01', items });
const came = (hour: number, items: string[], missing?: string[]) =>
  note(hour, 'DocumentsAcknowledged', { unit: 'kec-01', items, missing });
const lost = (hour: number, ...items: string[]) => note(hour, 'DocumentsLost', { unit: 'desa-a', items });

/** Whose share it was, in hours. */
const sharesAfter = (...facts: readonly Fact[]) =>
  sharesTold(recorded(facts), catalogue).map(({ with: who, unit, minutes }) => `${unit ?? who} ${minutes / 60}`);

describe('whose share of the time it was, as the citizen is told', () => {
  it.each<[string, readonly Fact[], string]>([
    ['the desk’s from the day on the slip', [card, work(2, 'kec-01')], 'desa-a 2'],
    ['nobody’s until a unit has it, where no desk took it', [submitted(), work(2, 'dpupr')], 'triage 2'],
    [
      'each unit’s while it has the case, and nobody’s while none has',
      [card, work(1, 'kec-01'), work(2), note(2.5, 'ProgressReported'), work(3, 'disdukcapil'), decided(4)],
      'desa-a 1, kec-01 1, triage 1, disdukcapil 1',
    ],
    [
      'his own from when he is told of a question until he answers it, whenever that is heard',
      [card, asked(1), told(2, question), answers(3, question), goesOn(4), decided(7)],
      'desa-a 5, citizen 1',
    ],
    [
      'his own until a question is withdrawn',
      [card, asked(1), told(1, question), note(3, 'InformationRequestWithdrawn'), decided(4)],
      'desa-a 2, citizen 2',
    ],
    [
      'not his own while he is not told, nor once he is told of what asks nothing',
      [card, asked(1), told(1, question, false), note(2, 'ProgressReported'), told(2, 'ProgressReported'), decided(4)],
      'desa-a 4',
    ],
    [
      'his own from when he is told of a bill until it is paid',
      [card, billed(1), told(1, fee), note(3, 'FeeReceived'), bill(3, 'received'), decided(4)],
      'desa-a 2, citizen 2',
    ],
    [
      'his own until a bill is cancelled',
      [card, billed(1), told(1, fee), bill(2, 'cancelled'), decided(4)],
      'desa-a 3, citizen 1',
    ],
    [
      'his own until both are settled, where he is asked and billed',
      [
        ...[card, billed(1), told(1, fee), asked(2), told(2, question), answers(3, question), goesOn(3)],
        ...[bill(6, 'received'), decided(7)],
      ],
      'desa-a 2, citizen 4',
    ],
    [
      'the road’s until every paper has come, is found missing, or is lost',
      [card, sent(1, 'a', 'b', 'c'), came(2, ['a']), came(3, [], ['b']), lost(6, 'c'), decided(7)],
      'desa-a 2, transit 4',
    ],
    [
      'the road’s whatever unit is to have the case, and his own while he is waited for meanwhile',
      [
        ...[card, sent(1, 'a'), work(1, 'kec-01'), asked(2), told(2, question), answers(3, question)],
        ...[came(6, ['a']), decided(7)],
      ],
      'desa-a 1, transit 3, citizen 1, kec-01 1',
    ],
    [
      'counted by when it happened, not by when it was heard',
      [card, at(hours(6), work(1, 'kec-01')), billed(1), told(1, fee), at(hours(6), bill(3, 'received')), decided(7)],
      'desa-a 1, kec-01 3, citizen 2',
    ],
    ['nobody’s once it is decided', [card, decided(1), closed(2)], 'desa-a 1'],
    ['nobody’s once it is withdrawn', [card, note(1, 'WithdrawalReceived', { state: 'withdrawn' })], 'desa-a 1'],
    [
      'its unit’s again once it is reopened, whoever decided the dispute',
      [card, decided(1), arbiter(2), reopened(3), work(6, 'kec-01'), decided(7)],
      'desa-a 3, kec-01 1',
    ],
    [
      'not his own any more for what he was asked before the decision',
      [card, asked(1), told(1, question), decided(2), reopened(3), decided(4)],
      'desa-a 2, citizen 1',
    ],
    [
      'the road’s again where papers went out and did not come while it was decided',
      [card, decided(1), sent(2, 'a', 'b'), came(3, ['b']), reopened(3), came(6, ['a']), decided(7)],
      'desa-a 2, transit 2',
    ],
  ])('%s', (_, facts, shares) => expect(sharesAfter(...facts).join(', ')).toBe(shares));

  it('is nobody’s of a case that nobody handed in', () => expect(sharesAfter()).toEqual([]));

  it('waits for the calendar of its terms', () => {
    const unseen = new Catalogue({ ...rows, calendars: [{ ...calendar, version: '2025.1' }] });
    expect(() => sharesTold(recorded([card]), unseen)).toThrow(ReferenceMissing);
  });
});

const privately = { content: 'private' as const, objectPlace: {}, area: '33.25.01.2001' };
const cases = {
  'a family card with a paper': submit(
    { standard: 'DK-01', ...privately },
    { actor: staff('officer', 'desa-a'), papers: ['old KK'] },
  ),
  'something that costs a fee': submit({ standard: 'LH-02', ...privately }),
} as const;
const [began, dispute] = [
  ['take', 'accept'],
  ['is told', 'disputes', 'decide-dispute upheld'],
];
const onTheRoad = ['accept', 'issue-product', 'complete-stage', 'hand-over-papers'];

it.each<[name: keyof typeof cases, deeds: readonly string[]]>([
  ['a family card with a paper', [...onTheRoad, 'acknowledge-papers', ...began, 'ask', 'is told', 'answers']],
  ['a family card with a paper', [...onTheRoad, 'reject', 'acknowledge-papers', 'reopen', ...began]],
  ['something that costs a fee', [...began, 'assess-fee', 'is told', 'ask', 'is told', 'answers', 'confirm-fee']],
  [
    'something that costs a fee',
    [...began, 'assess-fee', 'is told', 'ask', 'is told', 'withdraw-question', 'cancel-fee'],
  ],
  ['something that costs a fee', [...began, 'refuse', ...dispute, ...began]],
])('%s: the same shares as routing has by its own facts', (name, deeds) => {
  const start = new System();
  start.append('intake', submitCase(start.intake.state, cases[name], start.given()));
  start.settle(() => 0);
  const { intake, routing } = afterDeeds(start, deeds, 0.5);
  const { spans, file } = routing.state as KnownRoutingCase;
  const has = sharesOf(spans, catalogue.calendar(file.terms.calendar));
  // Only there the road has a sender.
  expect(sharesTold(intake.log, catalogue)).toEqual(
    has.map((share) => (share.with === 'transit' ? { ...share, unit: null } : share)),
  );
});
