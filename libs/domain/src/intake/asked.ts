import type { IntakeData, RecordedEvent } from '@garda/contracts';

type Noted = IntakeData<'CaseProgressNoted'>;

/** What he was asked or billed for, until it is settled; the clock stands still only from when he was told of it. */
export interface Asked {
  readonly ref: string;
  readonly why: 'question' | 'fee';
  readonly at: string | null;
  readonly until: string | null;
}

/** What the citizen was asked or billed for, after one more fact of his case. */
export function askedAfter(asked: readonly Asked[], { type, data, recordedAt }: RecordedEvent): readonly Asked[] {
  switch (type) {
    case 'CitizenNotified': {
      const { about, ok } = data as IntakeData<'CitizenNotified'>;
      const told = (one: Asked) => ok && one.ref === about && one.at === null && one.until === null;
      return asked.map((one) => (told(one) ? { ...one, at: recordedAt } : one));
    }
    case 'InformationProvided':
    case 'EvidenceAttached': {
      const { request } = data as IntakeData<'InformationProvided'>;
      return ended(asked, recordedAt, ({ ref }) => ref === request);
    }
    case 'FeeNoted': {
      const { state, fee, at } = data as IntakeData<'FeeNoted'>;
      return state === 'received' || state === 'cancelled' ? ended(asked, at, ({ ref }) => ref === fee) : asked;
    }
    case 'CaseProgressNoted':
      return askedAfterNews(asked, data as Noted);
    default:
      return asked;
  }
}

function askedAfterNews(asked: readonly Asked[], { fact, state, ref, at }: Noted): readonly Asked[] {
  const [question, fee] = [fact === 'InformationRequested', fact === 'FeeAssessed'];
  if (question || fee) return [...asked, { ref, why: question ? 'question' : 'fee', at: null, until: null }];
  if (isOver(state)) return ended(asked, at, () => true);
  return fact === 'InformationRequestWithdrawn' ? ended(asked, at, ({ why }) => why === 'question') : asked;
}

/** The work ends with a decision or a withdrawal; whatever else is noted of its end comes after one of them. */
export function isOver(state: Noted['state']): boolean {
  return state === 'decided' || state === 'withdrawn';
}

function ended(asked: readonly Asked[], at: string, which: (one: Asked) => boolean): readonly Asked[] {
  return asked.map((one) => (one.until === null && which(one) ? { ...one, until: at } : one));
}
