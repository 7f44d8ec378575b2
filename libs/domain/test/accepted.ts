import type { Actor, NewEvent, StaffCommandName } from '@garda/contracts';
import type { IntakeCase } from '../src/intake/case';
import { intakeFold } from '../src/intake/evolve';
import { intakeCommands, type IntakeCommand } from '../src/intake/commands';
import { reissueCode } from '../src/intake/staff';
import { resolutionCommands } from '../src/resolution/commands';
import { resolutionFold } from '../src/resolution/evolve';
import { linkDuplicate, unlinkDuplicate } from '../src/routing/duplicates';
import { routingCommands } from '../src/routing/commands';
import { routingFold } from '../src/routing/evolve';
import { foldAll, type Given } from '../src/shared/fold';
import { intakeFact, routingFact } from '../src/shared/facts';
import {
  accepted,
  assigned,
  caseId,
  desk,
  entered,
  familyCard,
  known,
  otherCase,
  routed,
  staff,
  submitted,
  words,
  work,
} from './facts';
import { at, givenAt, id, monday, recorded, type Fact } from './spec';

const clerk = staff('clerk', 'desa-a');
const camat = staff('camat', 'kec-01');
const quality = staff('quality', 'upkp2');
const mandate = at(
  monday,
  intakeFact('MandateRecorded', { caseId, unit: 'desa-a', carrier: 'clerk', term: '30wd' }),
  id('m'),
);
const confirmed = intakeFact('MandateConfirmed', { caseId, mandate: id('m') });

type Rule = (state: unknown, ask: unknown, given: Given) => readonly NewEvent[];
type Accepted = readonly [command: StaffCommandName, facts: readonly string[]];
const typesOf = (facts: readonly NewEvent[]) => facts.map(({ type }) => type);

function intake(name: IntakeCommand, actor: Actor, body: object, ...facts: readonly Fact[]): Accepted {
  const state = foldAll(intakeFold, recorded([submitted(), ...facts]));
  return [name, typesOf((intakeCommands[name] as Rule)(state, { caseId, actor, body, sealedWords: words }, givenAt()))];
}

/** What the search over one case has no place for, each accepted once: intake's commands, two cases at a time. */
export function acceptedBeside(): readonly Accepted[] {
  const file = { sha256: 'ab'.repeat(32), mediaType: 'image/jpeg', reference: 'x', words: 'x' };
  const lost = foldAll(intakeFold, recorded([submitted()])) as IntakeCase;
  const reissued = reissueCode(lost, { caseId, actor: camat, body: { slip: '012345678' }, codeHash: 'b'.repeat(64) });
  return [
    intake('record-mandate', clerk, { carrier: 'clerk' }, mandate),
    intake('change-carrier', clerk, { carrier: 'other' }, mandate),
    intake('end-mandate', clerk, {}, mandate),
    intake('provide-information', clerk, { items: [], words: 'x' }, mandate, confirmed),
    intake('attach-evidence', clerk, file, mandate, confirmed),
    intake('publish-summary', quality, { text: 'x' }),
    intake('disclose', quality, { purpose: 'supervise' }),
    ['reissue-code', typesOf(reissued)],
    ['tell-citizen', told()],
    ...(['refused', 'erased'] as const).map((result) => erasure(result)),
    ...acceptedInRouting(),
    ['hear-unit', heard()],
  ];
}

const news = (fact: string, state: 'news' | 'decided' | 'closed') =>
  at(monday, intakeFact('CaseProgressNoted', { caseId, ref: id(fact), fact, state, at: monday }), id(`noted ${fact}`));

/** Somebody named, who came to the desk. */
function told(): readonly string[] {
  const state = foldAll(intakeFold, recorded([submitted(familyCard), news('ProgressReported', 'news')]));
  return typesOf(intakeCommands['tell-citizen'](state, { caseId, actor: clerk, body: {} }, givenAt()));
}

/** Of an open case it is refused, of a closed one it is not. */
function erasure(result: 'refused' | 'erased'): Accepted {
  const asked = at(monday, intakeFact('ErasureRequested', { caseId }), id('asked'));
  const ended = [news('CaseResolved', 'decided'), news('CaseClosed', 'closed')];
  const body = result === 'refused' ? { result, code: 'case_open' } : { result };
  return intake('decide-erasure', quality, body, ...(result === 'refused' ? [] : ended), asked);
}

function acceptedInRouting(): readonly Accepted[] {
  const routing = (...facts: readonly Fact[]) => foldAll(routingFold, recorded(facts));
  const leader = routing(entered({ caseId: otherCase }), routed());
  const link = routingFact('DuplicateLinked', { caseId, leader: otherCase, follower: caseId, link: 1 });
  const ask = { actor: quality, body: {} };
  const inTriage = routing(entered({ filedBy: desk }), routingFact('CaseSentToTriage', { caseId, reason: 'no_rule' }));
  const placed = routingCommands.triage(inTriage, { caseId, actor: quality, body: { unit: 'desa-a' } }, givenAt());
  return [
    ['link-duplicate', typesOf(linkDuplicate(leader, routing(entered(), routed()), ask, givenAt()).follower)],
    ['unlink-duplicate', typesOf(unlinkDuplicate(leader, routing(entered(), routed(), link), ask, givenAt()).follower)],
    ['triage', typesOf(placed)], // to the desk that took it
  ];
}

function heard(): readonly string[] {
  const about = { reportedUnit: 'kec-01' };
  const facts = [known(about), work('dpupr', 0, about), assigned(), accepted()];
  const state = foldAll(resolutionFold, recorded(facts));
  const ask = { caseId, actor: quality, body: { words: 'x' }, sealedWords: words };
  return typesOf(resolutionCommands['hear-unit'](state, ask, givenAt()));
}
