import type { Unit, UnitEnding } from './catalogue';

/** What is wrong with one ending, by its place in the list. */
export interface WrongEnding {
  readonly at: number;
  readonly field: keyof UnitEnding;
  readonly code: 'UNIT_UNKNOWN' | 'CODE_REPEATED' | 'SUCCESSOR_UNFIT' | 'FUNCTION_LOST' | 'KIND_LOST';
  readonly message: string;
  readonly hint: string;
}

/** Kinds that the rules themselves refer to: without a unit of it nobody would do what they say. */
const needed: ReadonlySet<Unit['kind']> = new Set(['quality', 'oversight', 'secretariat', 'treasury']);

/** Units that have not come to their end. */
export function livingUnits(units: readonly Unit[], endings: readonly UnitEnding[]): readonly Unit[] {
  const ended = new Set(endings.map(({ unit }) => unit));
  return units.filter(({ code }) => !ended.has(code));
}

/** Every case must have somebody to go to, and every function and kind that the rules ask for a unit that lives. */
export function wrongEndings(units: readonly Unit[], endings: readonly UnitEnding[]): readonly WrongEnding[] {
  const living = livingUnits(units, endings);
  return endings.flatMap((ending, at) => {
    const unit = units.find(({ code }) => code === ending.unit);
    if (unit === undefined)
      return [
        { at, field: 'unit', code: 'UNIT_UNKNOWN', message: `no unit ${ending.unit}`, hint: 'see units' } as const,
      ];
    return [...repeated(endings, at), ...unfit(ending, at, { units, endings, unit }), ...lost(unit, at, living)];
  });
}

function repeated(endings: readonly UnitEnding[], at: number): readonly WrongEnding[] {
  const code = endings[at]?.unit;
  if (endings.findIndex(({ unit }) => unit === code) === at) return [];
  return [{ at, field: 'unit', code: 'CODE_REPEATED', message: `${code} ends twice`, hint: 'a unit ends once' }];
}

/** A successor is of the regency as the unit was, and ends later than it, if ever: so nobody succeeds himself. */
function unfit(
  { unit: code, successor, on }: UnitEnding,
  at: number,
  { units, endings, unit }: { units: readonly Unit[]; endings: readonly UnitEnding[]; unit: Unit },
): readonly WrongEnding[] {
  const wrong = (problem: WrongEnding['code'], message: string, hint: string): readonly WrongEnding[] => [
    { at, field: 'successor', code: problem, message, hint },
  ];
  const next = units.find((one) => one.code === successor);
  if (next === undefined) return wrong('UNIT_UNKNOWN', `no unit ${successor}`, 'add it to units');
  if (successor === code) return wrong('SUCCESSOR_UNFIT', `${code} cannot succeed itself`, 'name another unit');
  if ((next.tier === 'external') !== (unit.tier === 'external'))
    return wrong(
      'SUCCESSOR_UNFIT',
      `${successor} is on the other side of the regency's door`,
      'cases stay in the house',
    );
  const over = endings.find((one) => one.unit === successor);
  return over === undefined || over.on > on
    ? []
    : wrong('SUCCESSOR_UNFIT', `${successor} ended on ${over.on}`, 'name a unit that was there on that day');
}

function lost({ code: ended, functions, kind }: Unit, at: number, living: readonly Unit[]): readonly WrongEnding[] {
  const lacking = functions.filter((name) => !living.some((unit) => unit.functions.includes(name)));
  const hint = 'publish the successor with it, in a new edition';
  return [
    ...lacking.map((name): WrongEnding => {
      return { at, field: 'unit', code: 'FUNCTION_LOST', message: `nobody has "${name}" after ${ended}`, hint };
    }),
    ...(!needed.has(kind) || living.some((unit) => unit.kind === kind)
      ? []
      : [
          { at, field: 'unit', code: 'KIND_LOST', message: `no unit is of kind ${kind} after ${ended}`, hint } as const,
        ]),
  ];
}
