import type { RecordedEvent } from '@garda/contracts';

/** The facts by which the work goes on: whoever causes one has worked on the case, be it as a stand-in or as a head. */
const ofWork: ReadonlySet<string> = new Set([
  ...['CaseAccepted', 'CaseRejected', 'CaseResolved', 'FirstStepTaken', 'ProgressReported', 'StageCompleted'],
  ...['InformationRequested', 'InformationRequestWithdrawn', 'ReportedUnitHeard', 'SupervisionFound', 'TimeExtended'],
  ...['FeeAssessed', 'FeeAssessmentCancelled', 'GiftDeclined', 'ProductIssued', 'RecordCorrected'],
]);

/** Who has had the case, or worked on it, after one more fact: none of them handles its money (domain, A.3). */
export function workersAfter(workers: readonly string[], fact: RecordedEvent): readonly string[] {
  const who = workerIn(fact);
  return who === undefined || workers.includes(who) ? workers : [...workers, who];
}

function workerIn({ type, data, meta: { actor } }: RecordedEvent): string | undefined {
  if (type === 'OfficerAssigned') return (data as { readonly officer: string }).officer;
  return actor.kind === 'staff' && ofWork.has(type) ? actor.id : undefined;
}
