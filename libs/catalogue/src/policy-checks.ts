import type { RoutingPolicy, ServiceStandard, Unit, WorkCalendar } from '@garda/contracts';
import type { SourceFile } from './source-file';
import type { Placed } from './standards';

/** Rules may only name functions, units, standards, questions and answers that exist. */
export function checkPolicy(
  file: SourceFile,
  policy: RoutingPolicy,
  given: { standards: readonly ServiceStandard[]; units: readonly Unit[] },
): void {
  policy.rules.forEach((rule, i) => {
    const at = ['rules', i];
    const named = rule.when.standard;
    if (named !== undefined && !given.standards.some((standard) => standard.code === named))
      file.problem([...at, 'when', 'standard'], 'STANDARD_UNKNOWN', `no standard ${named}`, 'see standards.yaml');
    for (const [code, value] of Object.entries(rule.when.attribute ?? {}))
      checkAnswer(file, i, { code, value, named }, given.standards);
    const to = rule.to;
    if (to !== undefined && 'function' in to && !given.units.some((unit) => unit.functions.includes(to.function)))
      file.problem(
        [...at, 'to', 'function'],
        'FUNCTION_UNKNOWN',
        `no unit has the function "${to.function}"`,
        'see units.yaml',
      );
    const refer = rule.suggest?.refer;
    if (refer !== undefined && given.units.find((unit) => unit.code === refer)?.tier !== 'external')
      file.problem(
        [...at, 'suggest', 'refer'],
        'UNIT_UNKNOWN',
        `${refer} is no outside body`,
        'name a unit of tier external',
      );
  });
  checkConflict(file, policy, given.units);
  checkStandIn(file, policy, given);
  checkDisputes(file, policy, given.units);
}

function checkAnswer(
  file: SourceFile,
  rule: number,
  asked: { code: string; value: string; named: string | undefined },
  standards: readonly ServiceStandard[],
): void {
  const path = ['rules', rule, 'when', 'attribute', asked.code];
  const among = standards.filter((standard) => asked.named === undefined || standard.code === asked.named);
  const questions = among
    .flatMap((standard) => standard.attributes)
    .filter((attribute) => attribute.code === asked.code);
  if (questions.length === 0 || questions.every((question) => question.personal)) {
    file.problem(
      path,
      'ATTRIBUTE_UNKNOWN',
      `no open question "${asked.code}" is asked`,
      'a rule cannot read what is sealed or never asked',
    );
    return;
  }
  const listed = questions.filter((question) => question.values.length > 0);
  if (listed.length > 0 && !listed.some((question) => question.values.some((value) => value.key === asked.value)))
    file.problem(
      path,
      'VALUE_UNKNOWN',
      `"${asked.value}" is no answer to "${asked.code}"`,
      'see its values in standards.yaml',
    );
}

function checkConflict(file: SourceFile, policy: RoutingPolicy, units: readonly Unit[]): void {
  for (const [accused, standIn] of Object.entries(policy.conflict))
    if (!units.some((unit) => unit.code === standIn || unit.kind === standIn))
      file.problem(
        ['conflict', accused],
        'UNIT_UNKNOWN',
        `no unit or kind "${standIn}"`,
        'name a kind of units.yaml, or an outside body',
      );
}

/** A levy report about the inspectorate needs a unit of the regency that stands in for it, or it lies where nobody reads it. */
function checkStandIn(
  file: SourceFile,
  { conflict }: RoutingPolicy,
  { standards, units }: { standards: readonly ServiceStandard[]; units: readonly Unit[] },
): void {
  if (!standards.some(({ kind, status }) => kind === 'levy' && status === 'published')) return;
  const named = conflict['oversight'];
  if (units.some(({ code, kind, tier }) => (code === named || kind === named) && tier !== 'external')) return;
  file.problem(
    named === undefined ? ['conflict'] : ['conflict', 'oversight'],
    'STAND_IN_MISSING',
    `${named ?? 'nobody'} stands in for the inspectorate: a levy report about it would lie with no unit of the regency`,
    'name a kind, or a unit, of the regency',
  );
}

/** Whoever is to decide disputes is there. */
function checkDisputes(file: SourceFile, { disputes = {} }: RoutingPolicy, units: readonly Unit[]): void {
  for (const [tier, named] of Object.entries(disputes))
    (named ?? []).forEach((one, i) => {
      const path = ['disputes', tier, i];
      if (typeof one === 'string' && !units.some(({ code }) => code === one))
        file.problem(path, 'UNIT_UNKNOWN', `no unit "${one}"`, 'name a unit, a function or a kind of units.yaml');
      if (typeof one === 'object' && 'function' in one && !units.some((unit) => unit.functions.includes(one.function)))
        file.problem(path, 'FUNCTION_UNKNOWN', `no unit has "${one.function}"`, 'see the functions in units.yaml');
    });
}

/** Days off lie in the calendar, once each; a published standard begins while the calendar still has a year to run. */
export function checkCalendars(
  files: { calendar: SourceFile; standards: SourceFile },
  calendars: readonly WorkCalendar[],
  standards: readonly Placed<ServiceStandard>[],
): void {
  calendars.forEach((calendar, i) => checkDays(files.calendar, calendar, i));
  const first = calendars.map((calendar) => calendar.firstDay).sort()[0];
  const last = calendars
    .map((calendar) => calendar.lastDay)
    .sort()
    .at(-1);
  if (first === undefined || last === undefined) return;
  for (const { value, at } of standards)
    if (value.status === 'published' && (value.validFrom < first || value.validFrom >= last))
      files.standards.problem(
        ['standards', at, 'validFrom'],
        'CALENDAR_TOO_SHORT',
        `${value.code} is valid from ${value.validFrom}, the calendar runs from ${first} to ${last}`,
        'a standard cannot be published beyond the days of its calendar',
      );
}

function checkDays(file: SourceFile, calendar: WorkCalendar, i: number): void {
  const days = new Set<string>();
  calendar.daysOff.forEach((off, j) => {
    const path = ['calendars', i, 'daysOff', j, 'date'];
    if (off.date < calendar.firstDay || off.date > calendar.lastDay)
      file.problem(
        path,
        'CALENDAR_DAY_OUTSIDE',
        `${off.date} lies outside the calendar`,
        `it runs from ${calendar.firstDay} to ${calendar.lastDay}`,
      );
    if (days.has(off.date))
      file.problem(path, 'CODE_REPEATED', `${off.date} is there twice`, 'name both feasts in one entry');
    days.add(off.date);
  });
  for (const [weekday, spans] of Object.entries(calendar.officeHours))
    if (spans.some((span, j) => span.from >= span.to || span.from < (spans[j - 1]?.to ?? '')))
      file.problem(
        ['calendars', i, 'officeHours', weekday],
        'TIME_INVALID',
        'hours run backwards',
        'from before to, one span after the other',
      );
}
