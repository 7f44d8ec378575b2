import {
  Refusal,
  type Actor,
  type Entry,
  type PinnedTerms,
  type ServiceStandard,
  type StageTerms,
} from '@garda/contracts';
import { officeCalendar } from '../shared/calendar';
import type { Catalogue } from '../shared/catalogue';
import { ms } from '../shared/deadline';

const rank: Readonly<Record<StageTerms['tier'] | Entry, number>> = {
  village: 0,
  district: 1,
  agency: 2,
  regency: 3,
  oversight: 3,
  citizen: Infinity, // no desk, so no stage of its own
};

/** By which door somebody comes in: staff by the tier of their own unit, everybody else as a citizen. */
export function entryOf(actor: Actor, catalogue: Catalogue): Entry {
  if (actor.kind !== 'staff') return 'citizen';
  const unit = catalogue.unit(actor.unit);
  if (unit === undefined) throw new Refusal('UNIT_UNKNOWN', `no unit ${actor.unit}`);
  if (unit.kind === 'oversight') return 'oversight';
  return unit.tier === 'village' || unit.tier === 'district' ? unit.tier : 'agency';
}

/**
 * The stages from the entry on (rule 2). A citizen enters at the first condition stage. A desk enters at its own
 * tier's stage, or, being a mere reception, at the next one; only assist stages may be skipped.
 */
export function stagesFrom(standard: ServiceStandard, entry: Entry): readonly StageTerms[] {
  const { stages } = standard;
  const first = stages.findIndex(({ kind, tier }) => kind === 'condition' || rank[tier] >= rank[entry]);
  return stages.slice(Math.max(first, 0));
}

/**
 * The terms as they are promised today. Where the promise reaches beyond the calendar its due date is provisional; only
 * what was received before the first calendar begins is refused.
 */
export function pinTerms(
  standard: ServiceStandard,
  entry: Entry,
  receivedAt: string,
  catalogue: Catalogue,
): PinnedTerms {
  const newest = catalogue.latestCalendar();
  const calendar = catalogue.latestCalendar(officeCalendar(newest).dateOf(ms(receivedAt)));
  const stages = stagesFrom(standard, entry);
  if (!officeCalendar(calendar).reachesBackTo(ms(receivedAt)))
    throw new Refusal('CALENDAR_ENDS', `calendar ${calendar.version} begins after the receipt`);
  return {
    standard: standard.code,
    standardVersion: standard.version,
    kind: standard.kind,
    publicity: standard.publicity,
    owner: standard.owner,
    stages: [...stages],
    product: standard.product,
    requirements: standard.requirements,
    ...tariffOn(standard, officeCalendar(calendar).dateOf(ms(receivedAt))),
    answerWithin: standard.answerWithin,
    disputeWithin: standard.disputeWithin,
    ...(standard.retention === undefined ? {} : { retention: standard.retention }),
    calendar: calendar.version,
    policy: catalogue.latestPolicy().version,
  };
}

/** The lines of the tariff that are valid on a day. */
function tariffOn({ tariff = [] }: ServiceStandard, day: string): Pick<PinnedTerms, 'tariff'> {
  const valid = tariff.filter(({ validFrom, validUntil = day }) => validFrom <= day && day <= validUntil);
  return valid.length === 0 ? {} : { tariff: valid };
}
