import { unit, wrongEndings, type Unit, type UnitEnding } from '@garda/contracts';
import { areasOf, type Area } from './areas';
import { unitShape, unitsFile, type Generate } from './shapes';
import type { SourceFile } from './source-file';

export interface UnitsOfFolder {
  readonly units: Unit[];
  readonly endings: UnitEnding[];
}

/** Units of a folder: those written out, those made from area codes by the section `generate`, and which have ended. */
export function readUnits(file: SourceFile): UnitsOfFolder {
  const content = file.check(file.content(), unitsFile);
  if (content === undefined) return { units: [], endings: [] };
  const named = content.units.flatMap((value, i) => {
    const read = file.check(value, unitShape, ['units', i]);
    if (read === undefined) return [];
    // The mark is for whoever confirms the file; what is published has no such field.
    return [unit.parse(read)];
  });
  const units = [...named, ...(content.generate === undefined ? [] : generated(file, content.generate))];
  for (const { at, field, code, message, hint } of wrongEndings(units, content.endings))
    file.problem(['endings', at, field], code, message, hint);
  return { units, endings: content.endings };
}

function generated(file: SourceFile, generate: Generate): Unit[] {
  const { districts, villages } = areasOf(generate.regency);
  if (districts.length === 0)
    file.problem(
      ['generate', 'regency'],
      'AREA_UNKNOWN',
      `no district has a code under ${generate.regency}`,
      'a regency code has two parts, in quotes, such as "33.25"',
    );
  return [
    ...districts.map((area) => made(generate.district, 'district', area)),
    ...villages.map((area) => made(isKelurahan(area) ? generate.kelurahan : generate.desa, 'village', area)),
  ];
}

/** The fourth part of a village code starts with 1 for a kelurahan, with 2 for a desa. */
function isKelurahan(area: Area): boolean {
  return area.code.split('.')[3]?.startsWith('1') === true;
}

function made(template: Generate['desa'], tier: 'district' | 'village', area: Area): Unit {
  const district = area.code.split('.').slice(0, 3).join('.');
  const fill = (text: string): string =>
    text.replace('{area}', area.code).replace('{district}', district).replace('{name}', area.name);
  return {
    code: fill(template.code),
    version: 1,
    name: fill(template.name),
    tier,
    kind: 'ordinary',
    parent: fill(template.parent),
    oversight: template.oversight,
    area: area.code,
    functions: template.functions,
  };
}
