import { join } from 'node:path';
import { staffCommands, type Unit } from '@garda/contracts';
import { isProblemCode } from '@garda/service';
import { agreedCitizenVerbs, agreedColumns, agreedPrograms, agreedVerbs } from '../../test/agreed-roles';
import { agreedRoles, agreedYaml } from '../../test/agreed-yaml';
import { mayDo, rightCodes, type CaseFacts, type RightCode } from './may-do';
import { Roles } from './roles';
import { UnitTree } from './units';

const unit = (code: string, more: Partial<Unit> = {}): Unit => ({
  code,
  version: 1,
  name: code,
  tier: 'agency',
  kind: 'ordinary',
  functions: [],
  ...more,
});
const units = new UnitTree(
  [
    unit('setda', { kind: 'secretariat', tier: 'regency' }),
    unit('upkp2', { kind: 'quality', tier: 'regency' }),
    unit('inspektorat', { kind: 'oversight', tier: 'regency' }),
    unit('bpkpad', { kind: 'treasury', parent: 'setda', oversight: 'line' }),
    unit('dlh', { parent: 'setda', oversight: 'line' }),
    unit('kec-tulis', { tier: 'district', parent: 'setda', oversight: 'line' }),
    unit('desa-posong', { tier: 'village', parent: 'kec-tulis', oversight: 'guidance' }),
    unit('kel-proyonanggan', { tier: 'village', parent: 'kec-tulis', oversight: 'line' }),
    unit('kec-tersono', { tier: 'district', parent: 'setda', oversight: 'line' }),
  ],
  { oversight: 'secretariat', secretariat: 'x-ombudsman', quality: 'oversight' },
);
const by = { roles: agreedRoles(), units };
const me = { kind: 'staff' as const, id: 'me', unit: 'kec-tulis' };
const facts = (more: Partial<CaseFacts> = {}): CaseFacts => ({
  kind: 'request',
  identity: 'named',
  stageUnits: [],
  workedBy: [],
  ...more,
});

/** How I stand to a case, and what each letter answers there; `work` where a verb of the work answers otherwise. */
type Answer = 'yes' | RightCode;
interface Standing {
  readonly name: string;
  readonly facts: CaseFacts;
  readonly answers: Readonly<Record<string, Answer>>;
  readonly work?: Readonly<Record<string, Answer>>;
  /** What `case.read` answers, where that is otherwise. */
  readonly read?: Readonly<Record<string, Answer>>;
}
const elsewhere = { o: 'NOT_YOUR_UNIT', u: 'NOT_YOUR_UNIT', b: 'NOT_YOUR_UNIT' } as const;
const common = {
  a: 'yes',
  n: 'RIGHT_MISSING',
  t: 'NOT_TREASURY',
  d: 'NOT_NAMED_TO_DECIDE',
  s: 'NOT_STANDING_IN',
} as const;
const standings: readonly Standing[] = [
  {
    name: 'my unit answers for it and it is assigned to me',
    facts: facts({ responsibleUnit: 'kec-tulis', officer: 'me' }),
    answers: { ...common, o: 'yes', u: 'yes', b: 'yes' },
  },
  {
    name: 'my unit answers for it, a colleague has it',
    facts: facts({ responsibleUnit: 'kec-tulis', officer: 'another' }),
    answers: { ...common, o: 'NOT_YOUR_CASE', u: 'yes', b: 'yes' },
  },
  {
    name: 'my unit answers for it, nobody has it',
    facts: facts({ responsibleUnit: 'kec-tulis' }),
    answers: { ...common, o: 'NOT_YOUR_CASE', u: 'yes', b: 'yes' },
  },
  {
    name: 'my unit filed it, another answers for it',
    facts: facts({ responsibleUnit: 'dlh', filedUnit: 'kec-tulis' }),
    answers: { ...common, o: 'NOT_YOUR_CASE', u: 'yes', b: 'yes' },
    work: { ...common, ...elsewhere },
  },
  {
    name: 'my unit had a stage, another answers for it',
    facts: facts({ responsibleUnit: 'dlh', stageUnits: ['desa-posong', 'kec-tulis'] }),
    answers: { ...common, o: 'NOT_YOUR_CASE', u: 'yes', b: 'yes' },
    work: { ...common, ...elsewhere },
  },
  {
    name: 'a unit below mine answers for it',
    facts: facts({ responsibleUnit: 'desa-posong', officer: 'another' }),
    answers: { ...common, o: 'NOT_YOUR_UNIT', u: 'NOT_YOUR_UNIT', b: 'yes' },
  },
  {
    name: 'a unit that is none of mine answers for it',
    facts: facts({ responsibleUnit: 'dlh', filedUnit: 'kec-tersono' }),
    answers: { ...common, ...elsewhere },
  },
  { name: 'it is in triage', facts: facts(), answers: { ...common, ...elsewhere } },
  {
    name: 'my unit is named to decide its dispute',
    facts: facts({ responsibleUnit: 'dlh', disputeUnit: 'kec-tulis', decidedBy: 'dlh' }),
    answers: { ...common, ...elsewhere, d: 'yes', s: 'yes' },
    read: { u: 'yes', b: 'yes' },
  },
];
const byMandate = new Set(['information.provide', 'evidence.attach']);
const workVerbs = new Set(
  `case.take case.assign handover.ack case.accept case.ask case.progress stage.complete case.resolve case.refuse
   product.issue fee.assess time.extend case.transfer case.return`.split(/\s+/),
);

const cells = Object.entries(agreedVerbs).flatMap(([verb, letters]) =>
  agreedColumns.map((role, i) => ({ verb, role, letter: letters[i] ?? '?' })),
);
const answerOf = (
  verb: string,
  about: CaseFacts | undefined,
  who: { unit: string; id: string; roles: string[] },
): Answer => {
  const verdict = mayDo(verb, { kind: 'staff', ...who }, about, by);
  return verdict.may ? 'yes' : verdict.code;
};

describe('every verb and column', () => {
  it.each(cells)('$verb by $role ($letter)', ({ verb, role, letter }) => {
    for (const standing of standings) {
      const about = verb.startsWith('levy.') ? { ...standing.facts, kind: 'levy' as const } : standing.facts;
      const more = verb === 'case.read' ? standing.read : workVerbs.has(verb) ? standing.work : undefined;
      const table = { ...standing.answers, ...more };
      expect({ standing: standing.name, answer: answerOf(verb, about, { ...me, roles: [role] }) }).toEqual({
        standing: standing.name,
        answer: table[letter],
      });
    }
  });

  it.each(cells.filter((c) => c.letter !== 'n'))(
    '$verb by $role ($letter) never where my unit is reported',
    ({ verb, role }) => {
      const kind = verb.startsWith('levy.') ? ('levy' as const) : ('complaint' as const);
      const about = facts({ kind, responsibleUnit: 'kec-tulis', officer: 'me', reportedUnit: 'kec-tulis' });
      expect(answerOf(verb, about, { ...me, roles: [role] })).toBe('UNIT_IS_REPORTED');
    },
  );

  it.each(cells.filter((c) => c.letter !== 'n' && !c.verb.startsWith('levy.')))(
    '$verb by $role ($letter) does not see a levy report',
    ({ verb, role }) => {
      const about = facts({ kind: 'levy', responsibleUnit: 'kec-tulis', officer: 'me' });
      expect(answerOf(verb, about, { ...me, roles: [role] })).toBe('CASE_NOT_FOUND');
    },
  );
});

describe('what holds whatever the role says', () => {
  const complaint = (reportedUnit: string) => facts({ kind: 'complaint', responsibleUnit: 'upkp2', reportedUnit });
  it.each([
    ['the line superior', 'kel-proyonanggan', 'kec-tulis', 'UNIT_IS_REPORTED'],
    ['the superior of the superior', 'kel-proyonanggan', 'setda', 'UNIT_IS_REPORTED'],
    ['the district that only guides a desa', 'desa-posong', 'kec-tulis', 'yes'],
    ['another unit', 'kec-tulis', 'kec-tersono', 'yes'],
    ['the unit that stands in for the accused inspectorate', 'inspektorat', 'setda', 'yes'],
    ['the inspectorate for the accused quality unit', 'upkp2', 'inspektorat', 'yes'],
    ['the accused quality unit', 'upkp2', 'upkp2', 'UNIT_IS_REPORTED'],
  ] as const)('a complaint is read by %s: %s by %s → %s', (_, reported, unitCode, answer) => {
    expect(answerOf('case.read', complaint(reported), { id: 'me', unit: unitCode, roles: ['secretary'] })).toBe(answer);
  });

  it('the unit named in the dispute decides it, even above the reported one', () => {
    const about = { ...complaint('kel-proyonanggan'), disputeUnit: 'setda', decidedBy: 'upkp2' };
    expect(answerOf('dispute.decide', about, { id: 'me', unit: 'setda', roles: ['secretary'] })).toBe('yes');
  });

  it('nobody handles a dispute about the decision of his own unit', () => {
    const about = facts({ responsibleUnit: 'upkp2', decidedBy: 'upkp2' });
    const who = { id: 'me', unit: 'upkp2', roles: ['quality_unit'] };
    expect(answerOf('dispute.decide', about, who)).toBe('OWN_DECISION');
    expect(answerOf('dispute.route', about, who)).toBe('OWN_DECISION');
    expect(answerOf('case.read', about, who)).toBe('yes');
  });

  it.each(agreedColumns)(
    'an identity that was withheld is opened by quality unit and inspectorate only: %s',
    (role) => {
      const about = facts({ identity: 'withheld', responsibleUnit: 'kec-tulis', officer: 'me' });
      const wanted = {
        quality_unit: 'yes',
        inspectorate: 'yes',
        secretary: 'RIGHT_MISSING',
        auditor: 'RIGHT_MISSING',
        operator: 'RIGHT_MISSING',
      };
      expect(answerOf('person.disclose', about, { ...me, roles: [role] })).toBe(
        role in wanted ? wanted[role as keyof typeof wanted] : 'IDENTITY_WITHHELD',
      );
    },
  );

  it('a treasurer confirms a payment unless he worked on the case', () => {
    const who = { id: 'me', unit: 'bpkpad', roles: ['agency_officer'] };
    expect(answerOf('fee.confirm', facts({ responsibleUnit: 'dlh' }), who)).toBe('yes');
    expect(answerOf('fee.confirm', facts({ responsibleUnit: 'dlh', workedBy: ['me'] }), who)).toBe('WORKED_ON_CASE');
  });

  it('levy reports are the inspectorate’s, and the secretary’s only while he stands in', () => {
    const levy = facts({ kind: 'levy', responsibleUnit: 'inspektorat' });
    const secretary = { id: 'me', unit: 'setda', roles: ['secretary'] };
    expect(answerOf('levy.read', levy, { id: 'me', unit: 'inspektorat', roles: ['inspectorate'] })).toBe('yes');
    expect(answerOf('levy.read', levy, secretary)).toBe('NOT_STANDING_IN');
    expect(answerOf('levy.read', { ...levy, reportedUnit: 'inspektorat' }, secretary)).toBe('yes');
  });
});

describe('where there is no case', () => {
  it.each(['village_officer', 'district_head', 'quality_unit'])('%s files at the own desk', (role) =>
    expect(answerOf('case.file', undefined, { ...me, roles: [role] })).toBe('yes'),
  );
  it.each(['secretary', 'auditor', 'operator', 'no_such_role'])('%s files nothing', (role) =>
    expect(answerOf('case.file', undefined, { ...me, roles: [role] })).toBe('RIGHT_MISSING'),
  );
  it.each(['operator', 'auditor'])('%s reads digests', (role) =>
    expect(answerOf('digest.read', undefined, { ...me, roles: [role] })).toBe('yes'),
  );
  it('whoever may stand in may ask for levy reports, and nobody else of that role', () => {
    const secretary = { id: 'me', roles: ['secretary'] };
    expect(answerOf('levy.read', undefined, { ...secretary, unit: 'setda' })).toBe('yes');
    expect(answerOf('levy.read', undefined, { ...secretary, unit: 'dlh' })).toBe('NOT_STANDING_IN');
    expect(answerOf('levy.read', undefined, { ...secretary, roles: ['quality_unit'], unit: 'upkp2' })).toBe(
      'RIGHT_MISSING',
    );
    expect(units.accusedOf('setda')).toEqual(['inspektorat']);
    expect(units.isStandIn('kec-tulis')).toBe(false);
  });
});

describe('several roles', () => {
  it('the best of them counts', () => {
    const about = facts({ responsibleUnit: 'kec-tulis', officer: 'another' });
    expect(answerOf('case.accept', about, { ...me, roles: ['district_counter'] })).toBe('NOT_YOUR_CASE');
    expect(answerOf('case.accept', about, { ...me, roles: ['district_counter', 'district_head'] })).toBe('yes');
  });
  it('none gives nothing', () => expect(answerOf('case.read', facts(), { ...me, roles: [] })).toBe('RIGHT_MISSING'));
});

describe('programs and citizens', () => {
  const programs = Object.keys(agreedPrograms);
  it.each(programs)('%s has its own verbs and no other', (id) => {
    for (const verb of Object.keys(agreedVerbs).filter((v) => !v.startsWith('levy.'))) {
      const verdict = mayDo(verb, { kind: 'program', id }, facts({ responsibleUnit: 'dlh' }), by);
      expect({ verb, may: verdict.may }).toEqual({ verb, may: agreedPrograms[id]?.includes(verb) ?? false });
    }
  });
  it('a program that nobody listed has no right', () => {
    for (const id of ['unknown', 'constructor', '__proto__'])
      expect(mayDo('case.file', { kind: 'program', id }, undefined, by)).toEqual({ may: false, code: 'RIGHT_MISSING' });
  });
  it('no program sees a levy report', () =>
    expect(mayDo('case.accept', { kind: 'program', id: 'import' }, facts({ kind: 'levy' }), by)).toEqual({
      may: false,
      code: 'CASE_NOT_FOUND',
    }));
  it.each(agreedCitizenVerbs)('%s is the citizen’s, or the clock’s', (verb) => {
    const desk = (role: string) => by.roles.scopeOf('mandate.record', role) !== 'n';
    const code = (role: string) =>
      !byMandate.has(verb) ? 'CITIZEN_ONLY' : desk(role) ? 'NO_MANDATE' : 'RIGHT_MISSING';
    for (const role of agreedColumns) expect(answerOf(verb, facts(), { ...me, roles: [role] })).toBe(code(role));
    expect(mayDo(verb, { kind: 'program', id: 'import' }, facts(), by)).toEqual({ may: false, code: 'CITIZEN_ONLY' });
  });
  it('what is his alone or by mandate is done by the unit whose mandate he has confirmed', () => {
    const about = facts({ responsibleUnit: 'dlh', mandateUnit: 'kec-tulis' });
    for (const verb of byMandate) {
      expect(answerOf(verb, about, { ...me, roles: ['district_counter'] })).toBe('yes');
      expect(answerOf(verb, about, { ...me, unit: 'dlh', roles: ['agency_head'] })).toBe('NO_MANDATE');
      expect(answerOf(verb, { ...about, reportedUnit: 'kec-tulis' }, { ...me, roles: ['village_head'] })).toBe(
        'UNIT_IS_REPORTED',
      );
      expect(mayDo(verb, { ...me, roles: [] }, undefined, by)).toEqual({ may: false, code: 'CITIZEN_ONLY' });
    }
  });
  it('every staff command names a verb of the table', () => {
    for (const [name, { verb }] of Object.entries(staffCommands))
      expect([name, by.roles.isVerb(verb) || by.roles.isByMandate(verb)]).toEqual([name, true]);
  });
});

describe('roles.yaml of Batang', () => {
  it('is the agreed table', () => {
    const roles = Roles.read(join(__dirname, '..', '..', '..', '..', 'catalogue', 'batang'));
    const letters = (verb: string) => agreedColumns.map((role) => roles.scopeOf(verb, role)).join('');
    expect(Object.fromEntries(roles.verbs.map((verb) => [verb, letters(verb)]))).toEqual(agreedVerbs);
    expect(roles.columns).toEqual(agreedColumns);
    for (const [program, verbs] of Object.entries(agreedPrograms))
      expect(roles.verbs.filter((verb) => roles.programMay(program, verb)).sort()).toEqual([...verbs].sort());
    for (const verb of agreedCitizenVerbs) expect(roles.isCitizens(verb) || roles.isByMandate(verb)).toBe(true);
    for (const verb of byMandate) expect(roles.isByMandate(verb)).toBe(true);
  });

  it('that is not whole is not read', () => {
    expect(() => Roles.parse('columns: [a, b]\nverbs: { x.y: [u] }\n')).toThrow('roles.yaml');
    const agreed = agreedYaml().replace('import:', 'importer: [no.verb]\n  import:');
    expect(() => Roles.parse(agreed)).toThrow('no.verb is no verb');
  });

  it('has words for every refusal of a right', () => {
    for (const code of rightCodes) expect(isProblemCode(code)).toBe(true);
  });
});

describe('after a reform', () => {
  const reform = new UnitTree(
    [
      unit('upkp2', { kind: 'quality', tier: 'regency' }),
      unit('bag-organisasi', { kind: 'quality', tier: 'regency' }),
      unit('dlh', { parent: 'upkp2', oversight: 'line' }),
    ],
    {},
    [{ unit: 'upkp2', successor: 'bag-organisasi', on: '2026-03-02' }],
  );
  const may = (verb: string, unit: string, role: string, about?: CaseFacts, more: object = {}) => {
    const who = { kind: 'staff' as const, id: 'me', unit, roles: [role], ...more };
    const verdict = mayDo(verb, who, about, { roles: by.roles, units: reform });
    return verdict.may ? 'yes' : verdict.code;
  };
  const old = facts({ responsibleUnit: 'upkp2', officer: 'me' });

  it('whoever is of a unit that ended reads what was, and does no work', () => {
    expect(may('case.read', 'upkp2', 'agency_officer', old)).toBe('yes');
    for (const verb of ['case.take', 'case.accept', 'person.disclose'])
      expect(may(verb, 'upkp2', 'agency_officer', old)).toBe('UNIT_ENDED');
    expect(may('case.file', 'upkp2', 'quality_unit')).toBe('UNIT_ENDED');
    expect(may('information.provide', 'upkp2', 'quality_unit', { ...old, mandateUnit: 'upkp2' })).toBe('UNIT_ENDED');
    expect(may('standard.publish', 'upkp2', 'agency_officer')).toBe('RIGHT_MISSING');
  });
  it('the successor reads it and does the work, decides where the unit was named, and keeps away where it was reported', () => {
    for (const verb of ['case.read', 'case.take', 'case.accept'])
      expect(may(verb, 'bag-organisasi', 'agency_officer', old)).toBe('yes');
    const disputed = facts({ disputeUnit: 'upkp2', decidedBy: 'dlh' });
    expect(may('dispute.decide', 'bag-organisasi', 'quality_unit', disputed)).toBe('yes');
    expect(may('dispute.decide', 'bag-organisasi', 'quality_unit', facts({ decidedBy: 'upkp2' }))).toBe('OWN_DECISION');
    expect(may('case.read', 'bag-organisasi', 'quality_unit', facts({ reportedUnit: 'dlh' }))).toBe('UNIT_IS_REPORTED');
    expect(reform.withPredecessors('bag-organisasi')).toEqual(['bag-organisasi', 'upkp2']);
    expect(reform.below('bag-organisasi').sort()).toEqual(['bag-organisasi', 'dlh', 'upkp2']);
  });
  it('a stand-in may do what is assigned to whom he stands in for', () => {
    const his = facts({ responsibleUnit: 'dlh', officer: 'away' });
    expect(may('case.accept', 'dlh', 'agency_officer', his)).toBe('NOT_YOUR_CASE');
    expect(may('case.accept', 'dlh', 'agency_officer', his, { standsInFor: ['away'] })).toBe('yes');
  });
});
