import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { Context, LineName } from '@garda/contracts';
import type { IntakeCase, ResolutionCase, RoutingCase, Task } from '@garda/domain';

/** The view `read.case_file`: all sections of a case and what follows from several of them. Written by SQL only. */
@Entity({ schema: 'read', name: 'case_file', synchronize: false })
export class CaseFileRow {
  @PrimaryColumn('uuid', { name: 'case_id' }) caseId!: string;
  @Column('int', { name: 'intake_version', nullable: true }) intakeVersion!: number | null;
  @Column('json', { name: 'intake_state', nullable: true }) intakeState!: IntakeCase | null;
  @Column('text', { nullable: true }) number!: string | null;
  @Column('text', { nullable: true }) standard!: string | null;
  @Column('text', { nullable: true }) kind!: string | null;
  @Column('text', { nullable: true }) identity!: string | null;
  @Column('text', { nullable: true }) content!: string | null;
  @Column('text', { name: 'filed_unit', nullable: true }) filedUnit!: string | null;
  @Column('text', { name: 'reported_unit', nullable: true }) reportedUnit!: string | null;
  @Column('text', { name: 'citizen_status', nullable: true }) citizenStatus!: string | null;
  @Column('timestamptz', { name: 'received_at', nullable: true }) receivedAt!: Date | null;
  @Column('int', { name: 'routing_version', nullable: true }) routingVersion!: number | null;
  @Column('json', { name: 'routing_state', nullable: true }) routingState!: RoutingCase | null;
  @Column('text', { name: 'routing_status', nullable: true }) routingStatus!: string | null;
  @Column('text', { name: 'responsible_unit', nullable: true }) responsibleUnit!: string | null;
  @Column('text', { name: 'past_units', array: true, nullable: true }) pastUnits!: string[] | null;
  @Column('timestamptz', { name: 'due_at', nullable: true }) dueAt!: Date | null;
  @Column('timestamptz', { name: 'stage_due_at', nullable: true }) stageDueAt!: Date | null;
  @Column('boolean', { name: 'clock_stopped', nullable: true }) clockStopped!: boolean | null;
  @Column('uuid', { nullable: true }) leader!: string | null;
  @Column('int', { name: 'resolution_version', nullable: true }) resolutionVersion!: number | null;
  @Column('json', { name: 'resolution_state', nullable: true }) resolutionState!: ResolutionCase | null;
  @Column('text', { nullable: true }) officer!: string | null;
  @Column('text', { nullable: true }) outcome!: string | null;
  @Column('text', { name: 'paper_units', array: true, nullable: true }) paperUnits!: string[] | null;
  @Column('json', { name: 'desk_tasks', nullable: true }) deskTasks!: Task[] | null;
  @Column('json', { name: 'work_tasks', nullable: true }) workTasks!: Task[] | null;
  @Column('text') status!: string;
  @Column('boolean', { name: 'is_open' }) isOpen!: boolean;
  @Column('text', { name: 'worked_by', array: true }) workedBy!: string[];
}

/** The view `read.case_timeline`. */
@Entity({ schema: 'read', name: 'case_timeline', synchronize: false })
export class TimelineRow {
  @PrimaryColumn('uuid', { name: 'case_id' }) caseId!: string;
  @PrimaryColumn('text') context!: Context;
  @PrimaryColumn('int') version!: number;
  @Column('text') type!: string;
  @Column('timestamptz', { name: 'recorded_at' }) recordedAt!: Date;
  @Column('timestamptz', { name: 'occurred_at' }) occurredAt!: Date;
  @Column('text', { name: 'actor_kind' }) actorKind!: string;
  @Column('text', { name: 'actor_unit', nullable: true }) actorUnit!: string | null;
}

/** The view `read.levy_file`: the same of reports of an illegal levy. */
@Entity({ schema: 'read', name: 'levy_file', synchronize: false })
export class LevyFileRow extends CaseFileRow {}

/** The view `read.levy_timeline`. */
@Entity({ schema: 'read', name: 'levy_timeline', synchronize: false })
export class LevyTimelineRow extends TimelineRow {}

/** What is read of a line. */
export const fileEntities = {
  open: { file: CaseFileRow, timeline: TimelineRow },
  restricted: { file: LevyFileRow, timeline: LevyTimelineRow },
} as const satisfies Record<LineName, object>;
