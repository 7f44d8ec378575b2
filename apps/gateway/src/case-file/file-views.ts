import type { LineName } from '@garda/contracts';

/** Where the case files of a line are kept, in `read`, and by what name their consumer is known. */
export interface FileViews {
  readonly consumer: string;
  readonly file: string;
  readonly fileTable: string;
  readonly timeline: string;
  readonly timelineTable: string;
}

export const fileViews: Readonly<Record<LineName, FileViews>> = {
  open: {
    consumer: 'case-file@5',
    file: 'case_file',
    fileTable: 'case_file_v5',
    timeline: 'case_timeline',
    timelineTable: 'case_timeline_v5',
  },
  restricted: {
    consumer: 'levy-file@1',
    file: 'levy_file',
    fileTable: 'levy_file_v1',
    timeline: 'levy_timeline',
    timelineTable: 'levy_timeline_v1',
  },
};
