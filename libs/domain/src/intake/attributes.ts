import { Refusal, type AttributeDefinition, type AttributeValues, type ServiceStandard } from '@garda/contracts';
import { addDays } from '../shared/zone';

/** What a standard asks, answered: each required one, none that it does not ask, each of its own kind. */
export function checkAttributes(standard: ServiceStandard, given: AttributeValues): void {
  for (const code of Object.keys(given))
    if (!standard.attributes.some((attribute) => attribute.code === code))
      throw new Refusal('ATTRIBUTE_UNKNOWN', `${standard.code} does not ask ${code}`);
  for (const attribute of standard.attributes) {
    const value = given[attribute.code];
    if (value === undefined || value.length === 0) {
      if (attribute.required) throw new Refusal('ATTRIBUTE_MISSING', `${standard.code} needs ${attribute.code}`);
    } else if (!isValid(attribute, value))
      throw new Refusal('ATTRIBUTE_INVALID', `${attribute.code} is no valid answer`);
  }
}

/** Personal answers are sealed; the others travel in clear and the policy may read them. */
export function splitAttributes(
  standard: ServiceStandard,
  given: AttributeValues,
): { readonly open: AttributeValues; readonly personal: AttributeValues } {
  const personal = new Set(standard.attributes.filter((one) => one.personal).map((one) => one.code));
  const pick = (want: boolean) =>
    Object.fromEntries(Object.entries(given).filter(([code]) => personal.has(code) === want));
  return { open: pick(false), personal: pick(true) };
}

function isValid({ datatype, values }: AttributeDefinition, value: string | readonly string[]): boolean {
  const keys = values.map((one) => one.key);
  if (datatype === 'multivaluelist') {
    const chosen = typeof value === 'string' ? [value] : value;
    return chosen.every((one) => keys.includes(one)) && new Set(chosen).size === chosen.length;
  }
  if (typeof value !== 'string') return false;
  if (datatype === 'singlevaluelist') return keys.includes(value);
  if (datatype === 'number') return value.trim() !== '' && Number.isFinite(Number(value));
  if (datatype === 'datetime') return isMoment(value);
  return true;
}

/** A day that there is, alone or with a time. */
function isMoment(value: string): boolean {
  const [day] = /^\d{4}-\d{2}-\d{2}/.exec(value) ?? [];
  if (day === undefined) return false;
  return [day, value].every((one) => !Number.isNaN(Date.parse(one))) && addDays(day, 0) === day;
}
