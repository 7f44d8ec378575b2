import { submission, type Person, type ServiceStandard, type Submission } from '@garda/contracts';
import { badRequest } from './open311-error';
import { attributesOf, one, type Raw } from './parameters';
import { SENDER_ID } from './services';

/** Where nothing was written at all: the standard does not ask for a description, our cases do. */
const WITHOUT_WORDS = '(tanpa uraian)';
const open311Names: Readonly<Record<string, string>> = {
  'person.name': 'first_name, last_name',
  'person.phone': 'phone',
  'person.email': 'email',
  addressString: 'address_string',
  'objectPlace.areaCode': 'address_id',
  'objectPlace.lat': 'lat',
  'objectPlace.long': 'long',
};

/** The sender's own id of the report: the only handle by which a report sent twice is known as one. */
export function senderIdOf(raw: Raw): string | undefined {
  const id = attributesOf(raw)[SENDER_ID];
  return typeof id === 'string' ? id.slice(0, 200) : undefined;
}

/** A report as our own submission. Everything that is wrong with its form is said at once. */
export function submissionOf(raw: Raw, standard: ServiceStandard): Submission {
  const attributes = Object.fromEntries(Object.entries(attributesOf(raw)).filter(([code]) => code !== SENDER_ID));
  const who = whoOf(raw, standard);
  const parsed = submission.safeParse({
    standard: standard.code,
    content: 'public',
    ...who,
    description: words(raw, 'description') ?? WITHOUT_WORDS,
    addressString: words(raw, 'address_string'),
    ...placeOf(raw),
    attributes,
  });
  if (parsed.success) return parsed.data;
  const faults = parsed.error.issues.map((issue) => {
    const path = issue.path.map(String).join('.');
    return `${open311Names[path] ?? path}: ${issue.message}`;
  });
  throw badRequest(...faults);
}

/** Line breaks as one character, so that a sender's carriage returns do not count. */
function words(raw: Raw, name: string): string | undefined {
  return one(raw, name)?.replace(/\r\n?/g, '\n').trim();
}

/** One of lat with long, address_id, address_string: villages often have no coordinates. */
function placeOf(raw: Raw): Pick<Submission, 'objectPlace' | 'area'> {
  const [lat, long] = [coordinate(raw, 'lat'), coordinate(raw, 'long')];
  const areaCode = one(raw, 'address_id')?.trim();
  if ((lat === undefined) !== (long === undefined)) throw badRequest('lat and long must be given together');
  if (lat === undefined && areaCode === undefined && one(raw, 'address_string') === undefined)
    throw badRequest('a location is required: lat and long, address_id or address_string');
  const point = lat === undefined || long === undefined ? {} : { lat, long };
  return {
    objectPlace: { ...point, ...(areaCode === undefined ? {} : { areaCode }) },
    ...(areaCode === undefined ? {} : { area: areaCode }),
  };
}

function coordinate(raw: Raw, name: string): number | undefined {
  const text = one(raw, name);
  if (text === undefined) return undefined;
  const value = Number(text);
  if (!Number.isFinite(value)) throw badRequest(`${name} must be a number in WGS84`);
  return value;
}

/**
 * Named where a name came, anonymous to the unit where only a way to reach him did, none where neither did: as far as
 * the standard allows it. Nobody sees any of it over this interface.
 */
function whoOf(raw: Raw, { identity: allowed, code }: ServiceStandard): Pick<Submission, 'identity' | 'person'> {
  const name = [one(raw, 'first_name'), one(raw, 'last_name')]
    .filter((part) => part !== undefined)
    .join(' ')
    .trim();
  const [phone, email] = [one(raw, 'phone')?.trim(), one(raw, 'email')?.trim()];
  const reach = phone ?? email;
  const wishes =
    name !== ''
      ? (['named', 'withheld', 'none'] as const)
      : reach !== undefined
        ? (['withheld', 'named', 'none'] as const)
        : (['none'] as const);
  const identity = wishes.find((wish) => allowed.includes(wish));
  if (identity === undefined) throw badRequest(`first_name and last_name are required for ${code}`);
  if (identity === 'none') return { identity };
  const person: Person = {
    name: name === '' ? (reach ?? '') : name,
    ...(phone === undefined ? {} : { phone }),
    ...(email === undefined ? {} : { email }),
  };
  return { identity, person };
}
