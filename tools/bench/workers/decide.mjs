/** Decides again and again on one case of thirty facts, by the rules of resolution or as a bare loop would. */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { domain } from '../libs.mjs';

const require = createRequire(import.meta.url);
const unit = 'desa-33.25.10.2007';
const officer = 'p-tulis-officer';
const now = '2026-03-09T02:15:00.000Z';
/** So many decisions between two looks at the clock. */
const atOnce = 100;

export async function run({ engine, seconds }) {
  const history = thirtyFacts();
  const decide = engine === 'rules' ? byRules(history) : byClone(history);
  repeat(decide, Math.min(1, seconds)); // until the code is compiled
  const found = repeat(decide, seconds);
  return engine === 'rules' ? { ...found, parts: partsOf(history, seconds / 3) } : found;
}

function repeat(work, seconds) {
  const began = process.cpuUsage();
  let [decided, answered, different] = [0, 0, 0];
  let took = 0;
  while (took < seconds * 1000) {
    for (let i = 0; i < atOnce; i += 1) {
      const facts = work();
      decided += 1;
      answered += facts.length;
      if (facts[0].data.unit !== unit) different += 1;
    }
    // Time on the processor: of a busy machine only what this process had of it counts.
    const { user, system } = process.cpuUsage(began);
    took = (user + system) / 1000;
  }
  return { decided, answered, different, perSecond: decided / (took / 1000) };
}

/** As `DecisionRunner` does it between the load and the append. */
function byRules(history) {
  const { foldAll, resolutionFold } = domain();
  const { rule, check } = step();
  return () => {
    const events = rule(foldAll(resolutionFold, history));
    events.forEach(check);
    return events;
  };
}

function step() {
  const { resolutionCommands } = domain();
  const { assertEvent } = require('../../../libs/contracts/dist/index.js');
  const ask = { caseId: '', actor: { kind: 'staff', id: officer, unit }, body: { code: 'visited' } };
  const given = { now, nextId: () => '', catalogue: catalogueOf() };
  return {
    rule: (state) => resolutionCommands.progress(state, ask, given),
    check: (event) => assertEvent('resolution', event),
  };
}

function catalogueOf() {
  const { Catalogue } = domain();
  return new Catalogue({ standards: [], units: [], calendars: [], policies: [] });
}

/** Microseconds of each part alone. */
function partsOf(history, seconds) {
  const { foldAll, resolutionFold } = domain();
  const { rule, check } = step();
  const state = foldAll(resolutionFold, history);
  const events = rule(state);
  const micros = (work) => 1e6 / repeat(() => (work(), events), seconds).perSecond;
  return {
    fold: micros(() => foldAll(resolutionFold, history)),
    rule: micros(() => rule(state)),
    contract: micros(() => events.forEach(check)),
  };
}

/** What a generic store would do: no rules, a fresh copy for each fact. */
function byClone(history) {
  return () => {
    const state = history.reduce((before, { type, data }) => {
      const after = JSON.parse(JSON.stringify(before));
      after[type] = data;
      return after;
    }, {});
    const { caseId } = state.CaseKnown;
    return [JSON.parse(JSON.stringify({ type: 'ProgressReported', schemaVersion: 1, data: { caseId, unit } }))];
  };
}

/** A case that is worked on: two questions and their answers, a gift declined, papers, and progress. */
function thirtyFacts() {
  const id = (n) => `0198f3a2-0000-7000-8000-${String(n).padStart(12, '0')}`;
  const facts = [];
  const add = (type, more = {}) => {
    const n = facts.length + 1;
    facts.push({
      ...{ type, schemaVersion: 1, eventId: id(n), version: n, position: BigInt(n), streamId: 'case', keyHash: 0 },
      data: { ...sample(type), ...more },
      meta: { commandId: id(n), correlationId: id(0), actor: { kind: 'staff', id: officer, unit } },
      occurredAt: now,
      recordedAt: now,
    });
    return id(n);
  };
  add('CaseKnown');
  add('WorkReceived');
  add('OfficerAssigned');
  add('DocumentsReceived');
  add('CaseAccepted');
  for (let asked = 0; asked < 2; asked += 1) {
    const request = add('InformationRequested', { unit });
    add('CitizenTold', { about: request, wait: 'question' });
    add('AnswerReceived', { request, answer: id(100 + asked) });
  }
  add('GiftDeclined', { unit, officer });
  while (facts.length < 30) add('ProgressReported', { unit });
  // As a driver hands them over: texts of their own, not those of this program.
  return facts.map(({ position, ...fact }) => ({ ...JSON.parse(JSON.stringify(fact)), position }));
}

function sample(type) {
  const file = new URL(`../../../libs/contracts/samples/resolution/${type}.v1.json`, import.meta.url);
  return JSON.parse(readFileSync(file, 'utf8'));
}
