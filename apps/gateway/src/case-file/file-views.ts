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
    consumer: 'case-file@6',
    file: 'case_file',
    fileTable: 'case_file_v6',
    timeline: 'case_timeline',
    timelineTable: 'case_timeline_v6',
  },
  restricted: {
    consumer: 'levy-file@2',
    file: 'levy_file',
    fileTable: 'levy_file_v2',
    timeline: 'levy_timeline',
    timelineTable: 'levy_timeline_v2',
  },
};
