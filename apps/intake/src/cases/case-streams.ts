import type { LineName } from '@garda/contracts';
import type { CaseStream } from './case-stream';

/** A case, and the line that its facts are on. */
export interface CaseRef {
  readonly caseId: string;
  readonly line: LineName;
}

/** The streams of cases, by line. Whoever was handed a {@link CaseRef} reaches the case here; there is no search over both. */
export abstract class CaseStreams implements Readonly<Record<LineName, CaseStream>> {
  abstract readonly open: CaseStream;
  abstract readonly restricted: CaseStream;
}
