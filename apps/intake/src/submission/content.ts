import type { JsonValue, Person, Sealed, SealTo, ServiceStandard, Submission } from '@garda/contracts';
import { splitAttributes } from '@garda/domain';
import { commitTo, seal, type Plaintext } from '@garda/personal-data';

export interface SealedContent {
  readonly sealed: Sealed;
  /** SHA-256(salt ‖ canonical JSON of the submission), hex. */
  readonly contentCommitment: string;
  /** Of the commitment; sealed with the rest. */
  readonly salt: string;
}

/**
 * Seals what a citizen wrote to himself: person, words, personal answers, and the salt of the commitment. Whoever gave
 * no name has no person in it, even if a form sent one along.
 */
export async function sealContent(
  submission: Submission,
  standard: ServiceStandard,
  to: { readonly caseId: string; readonly eventId: string; readonly applicant: SealTo },
): Promise<SealedContent> {
  const { contentCommitment, salt } = commitTo(submission);
  const plaintext: Plaintext = {
    salt,
    description: submission.description,
    ...(submission.addressString === undefined ? {} : { addressString: submission.addressString }),
    ...(submission.person === undefined || submission.identity === 'none' ? {} : { person: plain(submission.person) }),
    attributes: plain(splitAttributes(standard, submission.attributes).personal),
  };
  const { caseId, eventId, applicant } = to;
  return {
    sealed: await seal({ caseId, eventId, ...applicant }, plaintext),
    contentCommitment: Buffer.from(contentCommitment, 'base64url').toString('hex'),
    salt,
  };
}

/** How the person can be reached, of what was sealed above: a phone before an e-mail address. */
export function addressOf(opened: Plaintext): string | undefined {
  const person = opened['person'] as Person | undefined;
  return person?.phone ?? person?.email;
}

export function saltOf(opened: Plaintext): string | undefined {
  const salt = opened['salt'];
  return typeof salt === 'string' ? salt : undefined;
}

/** Validated input is plain JSON but for members that are absent. */
function plain(value: object): JsonValue {
  return JSON.parse(JSON.stringify(value)) as JsonValue;
}
