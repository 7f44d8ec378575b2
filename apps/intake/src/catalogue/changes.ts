import {
  canonicalJson,
  intakeEvents,
  Refusal,
  type CatalogueBundle,
  type IntakeFact,
  type RecordedEvent,
} from '@garda/contracts';

/** What one stream of the catalogue is to hold next. */
export interface CatalogueChange {
  readonly streamId: string;
  readonly expected: number;
  readonly facts: readonly IntakeFact[];
}

/** One thing that a bundle says something about. */
export interface Item {
  readonly streamId: string;
  /** The editions of a calendar have names and a stream each; all other editions are numbered. */
  readonly numbered: number | undefined;
  readonly content: unknown;
  readonly fact: IntakeFact;
}

/** The streams a bundle speaks about: one a standard, a unit, an edition of the calendar, and one of the policy. */
export function itemsOf(bundle: CatalogueBundle): Item[] {
  const { units, calendars, policy, standards } = bundle;
  return [
    ...calendars.map((calendar) => ({
      streamId: `calendar-${calendar.version}`,
      numbered: undefined,
      content: calendar,
      fact: fact('CalendarPublished', { calendar }),
    })),
    ...units.map((unit) => ({
      streamId: `unit-${unit.code}`,
      numbered: unit.version,
      content: unit,
      fact: fact('UnitPublished', { unit }),
    })),
    { streamId: 'policy', numbered: policy.version, content: policy, fact: fact('PolicyPublished', { policy }) },
    ...standards.map((standard) => ({
      streamId: `standard-${standard.code}`,
      numbered: standard.version,
      content: standard,
      fact: fact('StandardPublished', { standard }),
    })),
  ];
}

/**
 * Only what is new: the next edition of what changed, nothing for what did not. An edition that was published is never
 * edited: other words under its number are refused, and so is a number that leaves one out.
 */
export function changesOf(
  bundle: CatalogueBundle,
  streams: ReadonlyMap<string, readonly RecordedEvent[]>,
): CatalogueChange[] {
  return itemsOf(bundle).flatMap((item) => {
    const stream = streams.get(item.streamId) ?? [];
    const facts = [...nextEdition(item, stream), ...endingOf(item, bundle, stream)];
    const expected = stream.at(-1)?.version ?? 0;
    return facts.length === 0 ? [] : [{ streamId: item.streamId, expected, facts }];
  });
}

/** The facts of one item's next edition; none where nothing changed. */
export function nextEdition(item: Item, stream: readonly RecordedEvent[]): readonly IntakeFact[] {
  const last = lastEdition(stream);
  if (last !== undefined && canonicalJson(last.content) === canonicalJson(item.content)) return [];
  if (endIn(stream) !== undefined) throw new Refusal('UNIT_ENDED', `${item.streamId} has ended and changes no more`);
  checkNext(item, last);
  return [...superseding(item, last), item.fact];
}

/** The end of a unit, once: it is never taken back, and its day and successor never change. */
export function endingOf(item: Item, bundle: CatalogueBundle, stream: readonly RecordedEvent[]): readonly IntakeFact[] {
  const ended = endIn(stream);
  const ending = bundle.endings.find(({ unit }) => `unit-${unit}` === item.streamId);
  if (ended === undefined) return ending === undefined ? [] : [fact('UnitEnded', ending)];
  if (ending === undefined || canonicalJson(ended.data) !== canonicalJson(ending))
    throw new Refusal('UNIT_ENDED', `${item.streamId} has ended as ${canonicalJson(ended.data)}`);
  return [];
}

function endIn(stream: readonly RecordedEvent[]): RecordedEvent | undefined {
  return stream.find(({ type }) => type === 'UnitEnded');
}

export interface Edition {
  readonly content: unknown;
  readonly numbered: number | undefined;
}

export function lastEdition(stream: readonly RecordedEvent[]): Edition | undefined {
  const published = stream.filter((event) => event.type.endsWith('Published')).at(-1);
  if (published === undefined) return undefined;
  const [content] = Object.values(published.data as Record<string, { version: number | string }>);
  return { content, numbered: typeof content?.version === 'number' ? content.version : undefined };
}

function checkNext(item: Item, last: Edition | undefined): void {
  // A folder that has come as far as a later edition begins with that one where nothing was published yet.
  const next = last === undefined || (item.numbered !== undefined && item.numbered === (last.numbered ?? 0) + 1);
  if (next) return;
  const wanted = item.numbered === undefined ? 'another name' : `version ${(last?.numbered ?? 0) + 1}`;
  throw new Refusal('VERSION_NOT_NEXT', `${item.streamId} changed and needs ${wanted}`);
}

function superseding(item: Item, last: Edition | undefined): IntakeFact[] {
  if (item.fact.type !== 'StandardPublished' || last?.numbered === undefined) return [];
  const { code, version } = item.fact.data.standard;
  return [fact('StandardSuperseded', { code, version: last.numbered, by: version })];
}

function fact<T extends IntakeFact['type']>(type: T, data: Extract<IntakeFact, { type: T }>['data']): IntakeFact {
  return { type, schemaVersion: intakeEvents[type].schemaVersion, data } as IntakeFact;
}
