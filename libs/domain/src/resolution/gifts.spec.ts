import type { Actor, StaffCommandBody } from '@garda/contracts';
import { accepted, asked as asks, assigned, caseId, known, resolved, staff, words, work } from '../../test/facts';
import { specFor } from '../../test/spec';
import { resolutionFact } from '../shared/facts';
import type { Given } from '../shared/fold';
import type { ResolutionCase } from './case';
import { resolutionFold } from './evolve';
import { declineGift } from './gifts';

const given = specFor(resolutionFold);
const working = [known(), work(), assigned(), accepted()];
const gift = { kind: 'money', amount: 50_000 } as const;
const officer = staff('officer', 'dpupr');
const asked =
  (body: StaffCommandBody<'decline-gift'> = { gift }, actor: Actor = officer) =>
  (state: ResolutionCase, all: Given) =>
    declineGift(state, { caseId, actor, body, sealedWords: words }, all);

describe('decline-gift', () => {
  it('is recorded with the amount or that it was a thing, and what was said about it sealed', () => {
    const declined = { caseId, unit: 'dpupr', officer: 'officer', words };
    given(...working)
      .when(asked())
      .then(resolutionFact('GiftDeclined', { ...declined, gift }));
    given(...working)
      .when(asked({ gift: { kind: 'thing' } }))
      .then(resolutionFact('GiftDeclined', { ...declined, gift: { kind: 'thing' } }));
  });
  it('is so before the case is accepted and while the citizen is asked, by an officer who does not have it too', () => {
    for (const facts of [
      [known(), work()],
      [...working, asks()],
    ])
      given(...facts)
        .when(asked({ gift }, staff('second', 'dpupr')))
        .then(resolutionFact('GiftDeclined', { caseId, unit: 'dpupr', officer: 'second', gift, words }));
  });
  it('changes nothing about the case but its records', () => {
    const declined = resolutionFact('GiftDeclined', { caseId, unit: 'dpupr', officer: 'officer', gift });
    const records = [expect.objectContaining({ type: 'GiftDeclined', unit: 'dpupr', corrected: null })];
    expect(given(...working, declined).state).toEqual({ ...given(...working).state, records });
  });
  it('needs an open case of the unit', () => {
    given().when(asked()).thenRefused('CASE_NOT_FOUND');
    given(...working, resolved())
      .when(asked())
      .thenRefused('CASE_NOT_OPEN');
    given(...working)
      .when(asked({ gift }, staff('officer', 'dishub')))
      .thenRefused('NOT_RESPONSIBLE');
  });
});
