import type { TopicRecord } from '@garda/messaging';
import type { Vault } from '@garda/personal-data';
import { sealedPartsOf } from './cases/sealed-parts';
import type { PublicNumbers } from './numbers/public-number';

/**
 * What intake keeps beside its log, brought up to facts that came back from the topic: the series of public numbers goes
 * past every number among them, or they would be handed out twice. Keys of people cannot come back: they are in no topic,
 * and how many are gone is told.
 */
export function afterAdoption({ numbers, vault }: { numbers: PublicNumbers; vault: Vault }) {
  return async (records: readonly TopicRecord[]): Promise<Readonly<Record<string, number>>> => {
    const facts = records.map(({ event }) => event);
    const given = facts.flatMap(({ type, data }) =>
      type === 'CaseSubmitted' ? [(data as { number: string }).number] : [],
    );
    await numbers.goPast(given);
    const people = new Set(sealedPartsOf(facts).map(({ sealed }) => sealed.subject));
    // Who was forgotten has no key, and was not lost.
    for (const { type, data } of facts)
      if (type === 'PersonalDataErased')
        for (const subject of (data as { subjects: readonly string[] }).subjects) people.delete(subject);
    return { peopleWithoutKey: await vault.countWithoutKey([...people]) };
  };
}
