import type { Context, LineName } from '@garda/contracts';
import { confirmedUnit } from '@garda/domain';
import type { DataSource } from 'typeorm';
import type { CaseFacts } from '../rights/may-do';
import { fileEntities, type CaseFileRow, type TimelineRow } from './entities';
import { fileViews } from './file-views';

const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;
const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));
/** From 5 ms, since most facts come through within a few hundredths of a second. */
const longestPause = 40;

/** Reads the case files of a line. */
export class CaseFiles {
  constructor(
    private readonly source: DataSource,
    readonly line: LineName = 'open',
  ) {}

  /** By case id, else by public number as people write it. */
  async find(idOrNumber: string): Promise<CaseFileRow | undefined> {
    const by = uuid.test(idOrNumber)
      ? { caseId: idOrNumber.toLowerCase() }
      : { number: idOrNumber.replaceAll(/[\s-]/g, '').toUpperCase() };
    return (await this.source.getRepository(fileEntities[this.line].file).findOneBy(by)) ?? undefined;
  }

  timeline(caseId: string): Promise<TimelineRow[]> {
    return this.source
      .getRepository(fileEntities[this.line].timeline)
      .find({ where: { caseId }, order: { recordedAt: 'ASC', context: 'ASC', version: 'ASC' } });
  }

  /**
   * Open cases of a unit that an officer has, and those that the other has had from him already: a call that is repeated
   * finds what it did the first time.
   */
  async toReassign(of: { unit: string; officer: string; to: string }, limit: number): Promise<readonly string[]> {
    const rows = await this.source.query<{ case_id: string }[]>(
      `select case_id from read.case_file f where responsible_unit = $1 and is_open
          and (officer = $2 or (officer = $3 and exists (
            select from read.case_timeline t where t.case_id = f.case_id and t.officer = $2)))
        order by (officer = $2) desc, case_id limit $4`,
      [of.unit, of.officer, of.to, limit],
    );
    return rows.map((row) => row.case_id);
  }

  /** Since when facts of this case are held back here: what the file says may be old. */
  async behindSince(caseId: string): Promise<string | undefined> {
    const rows = await this.source.query<{ since: Date | null }[]>(
      'select min(parked_at) as since from consume.parked where consumer = $1 and key = $2',
      [fileViews[this.line].consumer, caseId],
    );
    return rows[0]?.since?.toISOString();
  }

  /** Waits until the section of `context` has this version; false when it has not come in time. */
  async waitFor(caseId: string, at: { context: Context; version: number }, timeoutMs = 2000): Promise<boolean> {
    const until = Date.now() + timeoutMs;
    for (let wait = 5; ; wait = Math.min(wait * 2, longestPause)) {
      const rows = await this.source.query<{ version: number | null }[]>(
        `select ${at.context}_version as version from read.${fileViews[this.line].fileTable} where case_id = $1`,
        [caseId],
      );
      if ((rows[0]?.version ?? 0) >= at.version) return true;
      if (Date.now() + wait > until) return false;
      await pause(wait);
    }
  }
}

/** The same of reports of an illegal levy: a thing of its own, so that nobody is handed it by mistake. */
export class LevyFiles extends CaseFiles {
  constructor(source: DataSource) {
    super(source, 'restricted');
  }
}

/** What rights hang on. Every context knows the flags, so no right waits for intake's own section to arrive. */
export function factsOf(row: CaseFileRow): CaseFacts {
  const file = knownFile(row);
  return {
    kind: file?.terms.kind,
    identity: file?.identity,
    reportedUnit: file?.reportedUnit ?? undefined,
    responsibleUnit: row.responsibleUnit ?? undefined,
    filedUnit: file?.filedBy.by === 'desk' ? file.filedBy.unit : undefined,
    stageUnits: row.pastUnits ?? [],
    officer: row.officer ?? undefined,
    workedBy: row.workedBy,
    mandateUnit:
      row.intakeState === null || row.intakeState.status === 'none' ? undefined : confirmedUnit(row.intakeState),
    ...disputeOf(row),
    paperUnits: row.paperUnits ?? [],
  };
}

function disputeOf({ routingState: state }: CaseFileRow): Pick<CaseFacts, 'disputeUnit' | 'decidedBy'> {
  if (state === null || state.status === 'none' || state.dispute === null) return {};
  return { disputeUnit: state.dispute.to ?? undefined, decidedBy: state.dispute.decidedBy ?? undefined };
}

function knownFile(row: CaseFileRow) {
  for (const state of [row.intakeState, row.routingState, row.resolutionState])
    if (state !== null && state.status !== 'none') return state.file;
  return undefined;
}
