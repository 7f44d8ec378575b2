import { createHash } from 'node:crypto';
import type { StaffCommandBody, StaffCommandName } from '@garda/contracts';
import type { Gateway } from '../gateway';
import { HttpError } from '../http';
import { waitUntilQuiet } from '../quiet';
import type { Unexpressed, Step } from './plan';
import type { ForeignRecord } from './records';

const importer = { program: 'import' } as const;
type Note = Extract<Step, { kind: 'note' }>;

export interface Filed {
  readonly caseId: string;
  readonly number: string;
}

/** Carries the steps out through the gateway as program `import`, each dated as its record says. */
export class Replay {
  readonly cases = new Map<string, Filed>();
  readonly refused: Unexpressed[] = [];
  private shown = 0;

  constructor(
    private readonly gateway: Gateway,
    /** What the case clock shows before the first step. */
    start: string,
  ) {
    this.shown = Date.parse(start);
  }

  async carryOut(step: Step): Promise<void> {
    await this.follow(step.at);
    if (step.kind === 'file') await this.file(step.record);
    else if (step.kind === 'link') await this.link(step.record, step.parent);
    else await this.note(step);
  }

  /** The case clock follows the records; it never goes back, and stays where a step lies behind it. */
  private async follow(at: string): Promise<void> {
    const to = Date.parse(at);
    if (to <= this.shown) return;
    try {
      await this.gateway.moveClock(new Date(to).toISOString());
    } catch (error) {
      // Two records a second apart: real time has carried the clock past the second one already.
      if (!(error instanceof HttpError && error.code === 'CLOCK_CANNOT_GO_BACK')) throw error;
    }
    this.shown = to;
  }

  private async file(record: ForeignRecord): Promise<void> {
    const at = utc(record.requested_datetime);
    const { service_request_id: id, service_code: standard, lat, long, address } = record;
    const filing = {
      submission: {
        standard,
        identity: 'none' as const,
        content: 'public' as const,
        description: `${record.service_name}, request ${id}`,
        ...(address === undefined ? {} : { addressString: address }),
        objectPlace: { ...(lat === undefined ? {} : { lat }), ...(long === undefined ? {} : { long }) },
        attributes: record.attributes,
      },
      receivedAt: at,
      occurredAt: at,
    };
    const filed = await this.refusable(id, 'request', () => this.gateway.file(importer, filing, keyOf(id)));
    if (filed === undefined) return;
    this.cases.set(id, { caseId: filed.caseId, number: filed.number });
    // The work can begin when routing and resolution have heard of the case.
    await waitUntilQuiet(() => this.gateway.progress());
  }

  /** The parent is among the records, so the case is marked as its duplicate. */
  private async link(record: ForeignRecord, parent: string): Promise<void> {
    const id = record.service_request_id;
    const [follower, leader] = [this.cases.get(id), this.cases.get(parent)];
    if (follower === undefined || leader === undefined) return; // the refused filing is counted
    const body = { leader: leader.caseId, occurredAt: utc(record.requested_datetime) };
    await this.refusable(id, `parent ${parent}`, () =>
      this.gateway.command(importer, follower.caseId, 'link-duplicate', body, keyOf(`${id}/parent`)),
    );
  }

  private async note(step: Note): Promise<void> {
    const id = step.record.service_request_id;
    const filed = this.cases.get(id);
    if (filed === undefined) return; // the refused filing is counted
    const nth = step.record.notes.indexOf(step.note);
    const occurredAt = utc(step.at);
    for (const name of step.commands) await this.command(step, name, bodyOf(name, step, occurredAt), `${nth}/${name}`);
    const summary = {
      text: step.words,
      occurredAt,
      ...(step.record.address === undefined ? {} : { place: step.record.address }),
    };
    await this.command(step, 'publish-summary', summary, `${nth}/words`);
  }

  private async command(step: Note, name: StaffCommandName, body: StaffCommandBody<StaffCommandName>, key: string) {
    const id = step.record.service_request_id;
    const { caseId } = this.cases.get(id) as Filed;
    await this.refusable(id, `note ${step.note.type} (${name})`, () =>
      this.gateway.command(importer, caseId, name, body, keyOf(`${id}/${key}`)),
    );
  }

  /** What the rules refuse cannot be expressed: it is counted, and the rest goes on. */
  private async refusable<T>(record: string, what: string, act: () => Promise<T>): Promise<T | undefined> {
    try {
      return await act();
    } catch (error) {
      if (!(error instanceof HttpError) || error.status >= 500) throw error;
      this.refused.push({ record, what: `${what}: ${error.code}` });
      return undefined;
    }
  }
}

function bodyOf(name: StaffCommandName, step: Note, occurredAt: string): StaffCommandBody<StaffCommandName> {
  if (name === 'progress')
    return { code: step.note.type, words: step.words, occurredAt } as StaffCommandBody<'progress'>;
  if (name === 'resolve') {
    const outcome = (step.outcome ?? 'remedied') as StaffCommandBody<'resolve'>['outcome'];
    return { outcome, words: step.words, occurredAt };
  }
  return { occurredAt };
}

function utc(time: string): string {
  return new Date(time).toISOString();
}

/** The same record gives the same key, so that an import that is run again changes nothing. */
function keyOf(name: string): string {
  return createHash('sha256').update(`import ${name}`).digest('hex');
}
