import { Problem } from '@garda/service';
import type { CaseIndex } from '../cases/case-index';
import type { CaseRef } from '../cases/case-streams';
import { parsePublicNumber } from '../numbers/public-number';
import { TrackingCodeLocked, type GuessLimit } from '../tracking/guess-limit';
import { looksLikeCode, type TrackingCodes } from '../tracking/tracking-code';

/**
 * Who holds the tracking code may see the case and speak in it, named or not. A number that no case has, a case without
 * a code and a wrong code are told alike, after the same work.
 */
export class CodeHolder {
  constructor(
    private readonly index: CaseIndex,
    private readonly codes: TrackingCodes,
    private readonly guesses: GuessLimit,
  ) {}

  /** The case; else NOT_FOUND for a mistyped number, TRACKING_CODE_WRONG, or TOO_MANY_GUESSES. */
  async caseOf(typedNumber: string, code: string | undefined): Promise<CaseRef> {
    const number = parsePublicNumber(typedNumber);
    if (number === undefined)
      throw new Problem('NOT_FOUND', 'the number is mistyped: its check character does not fit');
    if (code === undefined || code === '')
      throw new Problem('TRACKING_CODE_WRONG', 'the header Tracking-Code is missing');
    if (!looksLikeCode(code)) throw new Problem('TRACKING_CODE_WRONG', 'a tracking code has 16 digits');
    const found = await this.attempt(number, code);
    if (found === undefined) throw new Problem('TRACKING_CODE_WRONG');
    return found;
  }

  private async attempt(number: string, code: string): Promise<CaseRef | undefined> {
    try {
      return await this.guesses.attempt(number, async () => {
        const found = await this.index.find(number);
        const matches = this.codes.matches(found?.caseId ?? number, code, found?.codeHash);
        return matches ? found : undefined;
      });
    } catch (error) {
      if (!(error instanceof TrackingCodeLocked)) throw error;
      throw new Problem('TOO_MANY_GUESSES', undefined, { headers: { 'retry-after': String(error.retryAfterSeconds) } });
    }
  }
}
