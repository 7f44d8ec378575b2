import type { NewEvent } from '@garda/contracts';
import { caseId, entered, heard, resolved, routed } from '../../test/facts';
import { id, monday, specFor, type Fact } from '../../test/spec';
import { resolutionFact, routingFact } from '../shared/facts';
import { routingFold } from './evolve';
import { routingReaction } from './reactions';

const given = specFor(routingFold);
const later = '2026-02-04T02:00:00.000Z';
const question = { caseId, for: 'question' as const, ref: id('question') };
const fee = { caseId, for: 'fee' as const, ref: id('fee') };
const began = (wait: typeof question | typeof fee) => routingFact('WaitBegan', { ...wait, at: monday });
const ended = (wait: typeof question | typeof fee, at = later) => routingFact('WaitEnded', { ...wait, at });
const answer = (request?: string) =>
  resolutionFact('AnswerReceived', { caseId, answer: id('answer'), request, items: [], answeredAt: later });
const paid = resolutionFact('FeeReceived', {
  ...{ caseId, fee: fee.ref, amount: 150_000, bankReference: 'B-1', channel: 'bank' },
  ...{ paidAt: monday, counts: true },
});
const settled = (outcome: string) =>
  routingFact('WorkSettled', { caseId, how: 'decided', outcome, unit: 'dpupr', at: later });

const hears = (fact: NewEvent, ...waits: readonly Fact[]) =>
  given(entered(), routed(), ...waits).when((state, all) =>
    routingReaction(state, heard(fact, id('foreign'), later), all),
  );
const both = [began(question), began(fee)];

describe('what the citizen is waited for', () => {
  it.each([
    ['the answer', answer(question.ref), question],
    [
      'that nobody asks any more',
      resolutionFact('InformationRequestWithdrawn', { caseId, request: question.ref }),
      question,
    ],
    ['the payment', paid, fee],
    [
      'a bill that was taken back',
      resolutionFact('FeeAssessmentCancelled', { caseId, unit: 'dpupr', fee: fee.ref, reason: 'wrong_line' }),
      fee,
    ],
  ])('ends with %s, and nothing else that he is waited for', (_, fact, wait) => hears(fact, ...both).then(ended(wait)));
  it('ends once, and not with words that answer nothing', () => {
    hears(answer(question.ref), began(question), ended(question)).thenNothing();
    hears(paid, began(fee), ended(fee)).thenNothing();
    hears(answer(), ...both).thenNothing();
  });
  it('is over with his silence, as far as he is waited for still', () => {
    hears(resolved('no_answer'), ...both).then(ended(question), ended(fee), settled('no_answer'));
    hears(resolved('no_answer'), ...both, ended(question, monday)).then(ended(fee), settled('no_answer'));
  });
  it('is over with any other decision, which says nothing of it', () =>
    hears(resolved('remedied'), ...both).then(settled('remedied')));
});
