import { caseId } from '../../test/facts';
import { answers, hours, note, noteOfBill, told } from '../../test/noted';
import { at, id, recorded, type Fact } from '../../test/spec';
import { intakeFact } from '../shared/facts';
import { askedAfter, type Asked } from './asked';

const question = (hour: number, name = 'q') => note(hour, 'InformationRequested', { state: 'waiting', ref: id(name) });
const bill = (hour: number, name = 'b') => note(hour, 'FeeAssessed', { ref: id(name) });
const shows = (hour: number, about: string) =>
  at(
    hours(hour),
    intakeFact('EvidenceAttached', {
      ...{ caseId, request: id(about), sha256: 'a'.repeat(64), mediaType: 'image/png', sealed: [] },
    }),
  );
const withdrawn = (hour: number) => note(hour, 'InformationRequestWithdrawn', { state: 'working' });
const ends = (hour: number, state: 'decided' | 'withdrawn') => note(hour, 'x', { state });

/** From when to when he was waited for, in hours; nothing of what he was not told. */
function waits(...facts: readonly Fact[]): string {
  const asked = recorded(facts).reduce<readonly Asked[]>(askedAfter, []);
  const hour = (time: string | null) => (time === null ? '' : (Date.parse(time) - Date.parse(hours(0))) / 3_600_000);
  return asked.map(({ why, at: from, until }) => `${why} ${hour(from)}–${hour(until)}`).join(', ');
}

describe('the citizen is waited for', () => {
  it.each<[string, readonly Fact[], string]>([
    ['from when he is told of a question', [question(1), told(2, 'q')], 'question 2–'],
    ['not while he is not', [question(1)], 'question –'],
    ['not where telling him failed', [question(1), told(2, 'q', false)], 'question –'],
    ['from when he is told at last', [question(1), told(2, 'q', false), told(3, 'q')], 'question 3–'],
    ['from when he is told first', [question(1), told(2, 'q'), told(3, 'q')], 'question 2–'],
    [
      'not once he is told of other news',
      [question(1), note(2, 'ProgressReported'), told(2, 'ProgressReported')],
      'question –',
    ],
    ['until he answers', [question(1), told(2, 'q'), answers(3, 'q')], 'question 2–3'],
    ['until he shows what was asked', [question(1), told(2, 'q'), shows(3, 'q')], 'question 2–3'],
    ['until he answers first', [question(1), told(2, 'q'), answers(3, 'q'), shows(6, 'q')], 'question 2–3'],
    ['not until he adds something else', [question(1), told(2, 'q'), answers(3), shows(3, 'other')], 'question 2–'],
    ['not at all where he answered before he was told', [question(1), answers(2, 'q'), told(3, 'q')], 'question –2'],
    [
      'for each question alone',
      [question(1), told(1, 'q'), answers(2, 'q'), question(3, 'r'), told(6, 'r')],
      'question 1–2, question 6–',
    ],
    ['until the question is withdrawn', [question(1), told(2, 'q'), withdrawn(3)], 'question 2–3'],
    ['not until something else is news', [question(1), told(2, 'q'), note(3, 'StageCompleted')], 'question 2–'],
    ['from when he is told of a bill', [bill(1), told(2, 'b')], 'fee 2–'],
    ['until it is paid', [bill(1), told(2, 'b'), noteOfBill(3, 'received', 'b')], 'fee 2–3'],
    [
      'until it was paid, whenever that is heard',
      [bill(1), told(2, 'b'), at(hours(6), noteOfBill(3, 'received', 'b'))],
      'fee 2–3',
    ],
    [
      'until the decision, whenever that is heard',
      [bill(1), told(2, 'b'), at(hours(6), ends(3, 'decided'))],
      'fee 2–3',
    ],
    ['until it is cancelled', [bill(1), told(2, 'b'), noteOfBill(3, 'cancelled', 'b')], 'fee 2–3'],
    [
      'not until another is paid',
      [bill(1), told(2, 'b'), bill(2, 'c'), noteOfBill(3, 'received', 'c')],
      'fee 2–, fee –3',
    ],
    ['not until it is only assessed', [bill(1), told(2, 'b'), noteOfBill(3, 'assessed', 'b')], 'fee 2–'],
    [
      'for the bill though the question is withdrawn',
      [bill(1), told(1, 'b'), question(2), told(2, 'q'), withdrawn(3)],
      'fee 1–, question 2–3',
    ],
    [
      'until the decision',
      [bill(1), told(1, 'b'), question(2), told(2, 'q'), ends(3, 'decided')],
      'fee 1–3, question 2–3',
    ],
    ['until he withdraws', [question(1), told(2, 'q'), ends(3, 'withdrawn')], 'question 2–3'],
  ])('%s', (_, facts, expected) => expect(waits(...facts)).toBe(expected));
});
