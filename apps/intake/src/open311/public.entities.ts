import { Column, Entity, PrimaryColumn } from 'typeorm';

/** A case as everybody may read it. The projection owns the table; this is its read side. */
@Entity({ schema: 'read', name: 'public_cases', synchronize: false })
export class PublicCaseRow {
  @PrimaryColumn({ name: 'case_id', type: 'uuid' }) caseId!: string;
  @Column({ type: 'text' }) number!: string;
  @Column({ type: 'text' }) standard!: string;
  @Column({ type: 'text', nullable: true }) area!: string | null;
  @Column({ type: 'float8', nullable: true }) lat!: number | null;
  @Column({ type: 'float8', nullable: true }) long!: number | null;
  @Column({ type: 'text', nullable: true }) description!: string | null;
  @Column({ type: 'text', nullable: true }) place!: string | null;
  @Column({ type: 'text', nullable: true }) unit!: string | null;
  @Column({ type: 'text' }) state!: string;
  @Column({ type: 'text' }) status!: 'open' | 'closed';
  @Column({ type: 'text' }) calendar!: string;
  @Column({ name: 'stage_times', type: 'text', array: true }) stageTimes!: string[];
  @Column({ name: 'requested_at', type: 'timestamptz' }) requestedAt!: Date;
  @Column({ name: 'updated_at', type: 'timestamptz' }) updatedAt!: Date;
}

/** One thing that was said or done in public about a case. */
@Entity({ schema: 'read', name: 'public_updates', synchronize: false })
export class PublicUpdateRow {
  @PrimaryColumn({ name: 'update_id', type: 'uuid' }) updateId!: string;
  @Column({ type: 'text' }) number!: string;
  @Column({ type: 'text' }) kind!: 'summary' | 'status';
  @Column({ type: 'text' }) state!: string;
  @Column({ type: 'text' }) status!: 'open' | 'closed';
  @Column({ type: 'text', nullable: true }) text!: string | null;
  @Column({ type: 'timestamptz' }) at!: Date;
  @Column({ type: 'bigint' }) position!: string;
}
