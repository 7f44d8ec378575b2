import type { IntakeData, RecordedIntakeFact } from '@garda/contracts';
import type { MandateFact } from './mandate';

type Channel = IntakeData<'CitizenNotified'>['channel'];

/** A piece of news for the citizen, by the id of resolution's fact. */
export interface News {
  readonly ref: string;
  readonly at: string;
  /** The channel by which he was told, once he was. */
  readonly told: Channel | null;
  /** When that was recorded: windows run from here. */
  readonly toldAt: string | null;
  readonly failed: readonly Channel[];
}

/** What the clock does to a mandate he is told; the rest he did himself, or stood beside. */
export function newsAfter(news: readonly News[], fact: MandateFact): readonly News[] {
  const byClock = fact.type === 'DutyDue' || (fact.type === 'MandateEnded' && fact.data.reason === 'expired');
  return byClock ? [...news, { ref: fact.eventId, at: fact.recordedAt, told: null, toldAt: null, failed: [] }] : news;
}

export function told(item: News, fact: Extract<RecordedIntakeFact, { type: 'CitizenNotified' }>): News {
  const { channel, ok } = fact.data;
  return ok
    ? { ...item, told: item.told ?? channel, toldAt: item.toldAt ?? fact.recordedAt }
    : { ...item, failed: [...item.failed, channel] };
}
