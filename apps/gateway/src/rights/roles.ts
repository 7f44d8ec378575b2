import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { z } from 'zod';

/**
 * o assigned to me · u my unit · b my unit and every unit whose parent chain reaches mine · a all · n never ·
 * t only in a treasury and never on a case one works on · d only the unit named to decide the dispute ·
 * s only while standing in, or named to decide the dispute.
 */
const scope = z.enum(['o', 'u', 'b', 'a', 'n', 't', 'd', 's']);
export type Scope = z.infer<typeof scope>;

const rolesFile = z
  .object({
    columns: z.array(z.string()).min(1),
    verbs: z.record(z.string(), z.array(scope)),
    code_holder_only: z.array(z.string()),
    code_holder_or_confirmed_mandate: z.array(z.string()),
    clock_or_citizen_only: z.array(z.string()),
    programs: z.record(z.string(), z.array(z.string())),
  })
  .superRefine((file, ctx) => {
    for (const [verb, scopes] of Object.entries(file.verbs))
      if (scopes.length !== file.columns.length)
        ctx.addIssue({ code: 'custom', path: ['verbs', verb], message: `needs ${file.columns.length} scopes` });
    for (const [program, verbs] of Object.entries(file.programs))
      for (const verb of verbs)
        if (!(verb in file.verbs))
          ctx.addIssue({ code: 'custom', path: ['programs', program], message: `${verb} is no verb` });
  });

/** The one authority for rights: which role may do what, and how far; which program may do what. */
export class Roles {
  private readonly citizens: ReadonlySet<string>;
  private readonly byMandate: ReadonlySet<string>;
  private constructor(private readonly file: z.infer<typeof rolesFile>) {
    this.citizens = new Set([...file.code_holder_only, ...file.clock_or_citizen_only]);
    this.byMandate = new Set(file.code_holder_or_confirmed_mandate);
  }

  /** Throws with the place in the file when the table is not whole. */
  static parse(yaml: string): Roles {
    const checked = rolesFile.safeParse(parse(yaml));
    if (!checked.success) throw new Error(`roles.yaml: ${z.prettifyError(checked.error)}`);
    return new Roles(checked.data);
  }

  static read(catalogueFolder: string): Roles {
    return Roles.parse(readFileSync(join(catalogueFolder, 'roles.yaml'), 'utf8'));
  }

  get columns(): readonly string[] {
    return this.file.columns;
  }
  get verbs(): readonly string[] {
    return Object.keys(this.file.verbs);
  }
  /** `n` for a role that the table does not know: a claim we cannot read gives no right. */
  scopeOf(verb: string, role: string): Scope {
    return this.file.verbs[verb]?.[this.file.columns.indexOf(role)] ?? 'n';
  }
  programMay(program: string, verb: string): boolean {
    return Object.hasOwn(this.file.programs, program) && (this.file.programs[program]?.includes(verb) ?? false);
  }
  isVerb(verb: string): boolean {
    return verb in this.file.verbs;
  }
  /** What only the citizen (with the code) or the clock does: no role has it. */
  isCitizens(verb: string): boolean {
    return this.citizens.has(verb);
  }
  /** What the citizen does, or the unit whose mandate he has confirmed. */
  isByMandate(verb: string): boolean {
    return this.byMandate.has(verb);
  }
}
