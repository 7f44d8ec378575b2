import type { IntakeData, RecordedIntakeFact } from '@garda/contracts';

/** That a unit may act for the citizen: hand in, and, once he has confirmed it, receive (domain, B.5). */
export interface Mandate {
  /** Event id of MandateRecorded. */
  readonly ref: string;
  readonly unit: string;
  readonly carrier: string;
  readonly term: string;
  readonly at: string;
  readonly version: number;
  readonly state: 'recorded' | 'confirmed' | 'ended';
  readonly ended: IntakeData<'MandateEnded'>['reason'] | null;
  /** Whether desk and citizen were told that it is about to end. */
  readonly warned: boolean;
}

/** The mandate that has not ended; there is at most one. */
export function openMandate(state: { readonly mandates: readonly Mandate[] }): Mandate | undefined {
  return state.mandates.find((one) => one.state !== 'ended');
}

/** The unit that may act for the citizen now. */
export function confirmedUnit(state: { readonly mandates: readonly Mandate[] }): string | undefined {
  const mandate = openMandate(state);
  return mandate?.state === 'confirmed' ? mandate.unit : undefined;
}

export type MandateFact = Extract<
  RecordedIntakeFact,
  { type: 'MandateRecorded' | 'MandateConfirmed' | 'MandateCarrierChanged' | 'MandateEnded' | 'DutyDue' }
>;

const mandateFacts: ReadonlySet<string> = new Set<MandateFact['type']>([
  'MandateRecorded',
  'MandateConfirmed',
  'MandateCarrierChanged',
  'MandateEnded',
  'DutyDue',
]);
export function isMandateFact(fact: RecordedIntakeFact): fact is MandateFact {
  return mandateFacts.has(fact.type);
}

/** The mandates after one more fact about them. */
export function mandatesAfter(mandates: readonly Mandate[], fact: MandateFact): readonly Mandate[] {
  const change = (ref: string, to: Partial<Mandate>): readonly Mandate[] =>
    mandates.map((one) => (one.ref === ref ? { ...one, ...to } : one));
  switch (fact.type) {
    case 'MandateRecorded': {
      const { unit, carrier, term } = fact.data;
      const begun = { ref: fact.eventId, at: fact.recordedAt, version: fact.version };
      return [...mandates, { ...begun, unit, carrier, term, state: 'recorded', ended: null, warned: false }];
    }
    case 'MandateConfirmed':
      return change(fact.data.mandate, { state: 'confirmed' });
    case 'MandateCarrierChanged':
      return change(fact.data.mandate, { carrier: fact.data.carrier });
    case 'MandateEnded':
      return change(fact.data.mandate, { state: 'ended', ended: fact.data.reason });
    case 'DutyDue':
      return change(fact.data.ref, { warned: true });
  }
}
