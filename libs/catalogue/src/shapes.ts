import {
  caseKinds,
  routingPolicy,
  serviceStandard,
  staffCommands,
  staffId,
  tariffLine,
  unit,
  unitCode,
  unitEnding,
  workCalendar,
  type StaffCommandName,
} from '@garda/contracts';
import { z } from 'zod';

/** Where a number or a name comes from; kept in the file for whoever confirms it, not published. */
const mark = z.string().max(200).optional();
const template = z.strictObject({
  code: z.string(),
  name: z.string(),
  parent: z.string(),
  oversight: z.enum(['line', 'guidance']),
  functions: z.array(z.string()),
});

export const unitShape = z.strictObject({
  ...unit.shape,
  version: unit.shape.version.default(1),
  kind: unit.shape.kind.default('ordinary'),
  mark,
});
export const unitsFile = z.strictObject({
  generate: z.strictObject({ regency: z.string(), district: template, desa: template, kelurahan: template }).optional(),
  units: z.array(z.unknown()).min(1),
  /** Which units are no more since when, and who has what they had. */
  endings: z.array(z.strictObject(unitEnding.shape)).default([]),
});
export type Generate = NonNullable<z.infer<typeof unitsFile>['generate']>;

export const standardShape = z.strictObject({
  ...serviceStandard.shape,
  attributes: z.array(z.strictObject(serviceStandard.shape.attributes.element.shape)).max(60),
  stages: z.array(z.strictObject(serviceStandard.shape.stages.element.shape)).min(1).max(8),
  tariff: z.array(z.strictObject(tariffLine.shape)).max(20).optional(),
});
export const standardsFile = z.strictObject({
  defaults: z
    .looseObject({ answerWithin: z.partialRecord(z.enum(caseKinds), z.string()).default({}) })
    .default({ answerWithin: {} }),
  standards: z.array(z.record(z.string(), z.unknown())).min(1),
});

export const policyShape = z.strictObject({
  ...routingPolicy.shape,
  rules: z
    .array(
      z.strictObject({
        ...routingPolicy.shape.rules.element.shape,
        when: z.strictObject(routingPolicy.shape.rules.element.shape.when.shape),
      }),
    )
    .min(1),
});

export const calendarsFile = z.strictObject({ calendars: z.array(z.strictObject(workCalendar.shape)).min(1) });

export const staffFile = z.strictObject({
  persons: z
    .array(
      z.strictObject({
        id: staffId,
        name: z.string().min(1).max(200),
        unit: unitCode,
        roles: z.array(z.string()).min(1),
      }),
    )
    .min(1),
});

const commandNames = Object.keys(staffCommands) as [StaffCommandName, ...StaffCommandName[]];
export const notesFile = z.strictObject({
  notes: z.record(
    z.string(),
    z.strictObject({
      commands: z.array(z.enum(commandNames)),
      outcome: z.enum(['granted', 'partly', 'remedied', 'unfounded', 'information_given']).optional(),
    }),
  ),
});

const verb = z.string().regex(/^[a-z]+\.[a-z_]+$/);
export const rolesFile = z.strictObject({
  columns: z.array(z.string()),
  verbs: z.record(verb, z.array(z.enum(['o', 'u', 'b', 'a', 'n', 't', 'd', 's']))),
  code_holder_only: z.array(verb),
  code_holder_or_confirmed_mandate: z.array(verb),
  clock_or_citizen_only: z.array(verb),
  programs: z.record(z.string(), z.array(verb)),
});
