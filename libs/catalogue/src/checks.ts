import type { ServiceStandard, Unit } from '@garda/contracts';
import type { SourceFile } from './source-file';
import type { Placed } from './standards';
import { checkTariff } from './tariff-checks';

const term = /^(\d+)(min|h|wd|d)$/;

/** Codes once, parents there, no loop: the tree that rights and escalation climb. */
export function checkUnits(file: SourceFile, units: readonly Unit[]): void {
  const byCode = new Map(units.map((unit) => [unit.code, unit]));
  const seen = new Set<string>();
  units.forEach((unit, i) => {
    const at = ['units', i];
    if (seen.has(unit.code))
      file.problem([...at, 'code'], 'CODE_REPEATED', `unit ${unit.code} is there twice`, 'give it another code');
    seen.add(unit.code);
    if (unit.parent === undefined) return;
    if (!byCode.has(unit.parent))
      file.problem(
        [...at, 'parent'],
        'UNIT_UNKNOWN',
        `parent ${unit.parent} of ${unit.code} is not there`,
        'add it, or correct the code',
      );
    if (climbsToItself(unit, byCode))
      file.problem([...at, 'parent'], 'UNIT_LOOP', `${unit.code} is above itself`, 'parents must end at the top');
  });
}

function climbsToItself(unit: Unit, byCode: ReadonlyMap<string, Unit>): boolean {
  const passed = new Set<string>();
  for (let above = unit.parent; above !== undefined && !passed.has(above); above = byCode.get(above)?.parent) {
    if (above === unit.code) return true;
    passed.add(above);
  }
  return false;
}

/** What a standard refers to must exist, or the first case filed under it goes nowhere. */
export function checkStandards(
  file: SourceFile,
  standards: readonly Placed<ServiceStandard>[],
  units: readonly Unit[],
): void {
  const seen = new Set<string>();
  for (const { value: standard, at } of standards) {
    const place = ['standards', at];
    if (seen.has(standard.code))
      file.problem(
        [...place, 'code'],
        'CODE_REPEATED',
        `standard ${standard.code} is there twice`,
        'a new edition is a higher version of the same entry',
      );
    seen.add(standard.code);
    checkOwner(file, standard, at, units);
    checkTimes(file, standard, at);
    checkAttributes(file, standard, at);
    if (standard.status === 'published' && standard.decree.trim() === '')
      file.problem(
        [...place, 'decree'],
        'DECREE_MISSING',
        `${standard.code} is published without a decree`,
        'name it, or leave the standard a concept',
      );
    checkEntry(file, standard, at);
    checkTariff(file, standard, at);
  }
}

/** A stage of agency or regency goes to the owner; one of village or district to whoever has the area. */
function checkOwner(file: SourceFile, standard: ServiceStandard, at: number, units: readonly Unit[]): void {
  const path = ['standards', at, 'owner'];
  const owned = standard.stages.filter((stage) => stage.tier === 'agency' || stage.tier === 'regency');
  const owners = units.filter((unit) => unit.tier !== 'external' && unit.functions.includes(standard.owner));
  if (owned.length > 0 && owners.length === 0)
    file.problem(
      path,
      'FUNCTION_UNKNOWN',
      `no unit has the function "${standard.owner}"`,
      'an owner is a function of units.yaml, never a name',
    );
  if (owned.length > 0 && owners.length > 1)
    file.problem(
      path,
      'FUNCTION_SHARED',
      `${owners.map((unit) => unit.code).join(', ')} all have "${standard.owner}"`,
      'an owner is one unit',
    );
  standard.stages.forEach((stage, i) => {
    const here = ['standards', at, 'stages', i, 'tier'];
    const owner = owners[0];
    if (owned.includes(stage) && owner !== undefined && owner.tier !== stage.tier)
      file.problem(
        here,
        'TIER_WITHOUT_UNIT',
        `the owner ${owner.code} is of tier ${owner.tier}`,
        `write tier: ${owner.tier}`,
      );
    if (!units.some((unit) => unit.tier === stage.tier))
      file.problem(here, 'TIER_WITHOUT_UNIT', `no unit is of tier ${stage.tier}`, 'add one to units.yaml');
  });
}

function checkTimes(file: SourceFile, standard: ServiceStandard, at: number): void {
  const check = (text: string, path: (string | number)[]): void => {
    const count = Number(term.exec(text)?.[1] ?? 0);
    if (count === 0)
      file.problem(
        ['standards', at, ...path],
        'TIME_INVALID',
        `"${text}" is no length of time`,
        'for example 30min, 2h, 5wd, 30d',
      );
  };
  const times = ['time', 'firstVisit', 'firstStep', 'extension', 'withSupervision'] as const;
  standard.stages.forEach((stage, i) =>
    times.forEach((name) => {
      const text = stage[name];
      if (text !== undefined) check(text, ['stages', i, name]);
    }),
  );
  check(standard.answerWithin, ['answerWithin']);
  check(standard.disputeWithin, ['disputeWithin']);
}

function checkAttributes(file: SourceFile, standard: ServiceStandard, at: number): void {
  const codes = new Set<string>();
  const orders = new Set<number>();
  standard.attributes.forEach((attribute, i) => {
    const path = ['standards', at, 'attributes', i];
    if (codes.has(attribute.code))
      file.problem([...path, 'code'], 'CODE_REPEATED', `"${attribute.code}" is asked twice`, 'one code, one question');
    if (orders.has(attribute.order))
      file.problem([...path, 'order'], 'ORDER_REPEATED', `order ${attribute.order} is taken`, 'count on from 1');
    codes.add(attribute.code);
    orders.add(attribute.order);
    const isList = attribute.datatype === 'singlevaluelist' || attribute.datatype === 'multivaluelist';
    if (isList && attribute.values.length === 0)
      file.problem(
        [...path, 'values'],
        'VALUES_MISSING',
        `"${attribute.code}" is a list without values`,
        'add values, or take datatype: string',
      );
    const keys = attribute.values.map((value) => value.key);
    if (new Set(keys).size < keys.length)
      file.problem(
        [...path, 'values'],
        'CODE_REPEATED',
        `"${attribute.code}" has a value twice`,
        'one key, one answer',
      );
  });
}

/** Whoever may hand a case in must find a stage to hand it to; only assist stages may be skipped. */
function checkEntry(file: SourceFile, standard: ServiceStandard, at: number): void {
  if (!standard.stages.some((stage) => stage.kind === 'condition'))
    file.problem(
      ['standards', at, 'stages'],
      'ENTRY_WITHOUT_STAGE',
      `${standard.code} has only assist stages`,
      'one stage must decide',
    );
}
