import { auditor, counter, registryOfficer } from '../people';
import { clock, round, type Story } from '../../stories/step';
import type { StaffCommandBody, StaffCommandName } from '@garda/contracts';
import type { Who } from '../../gateway';
import type { CodeHolder } from '../../intake';
import { Scene, type Doors } from '../../stories/scene';
import type { TulisOneMorning } from './tulis-one-morning';

const papers = ['KK lama', 'surat kelahiran'];

/** Whose share of the time a family card took: the same sum for the citizen and for the office. */
export class SixDays extends Scene {
  readonly title = 'Where did the six days go?';

  constructor(
    doors: Doors,
    private readonly morning: TulisOneMorning,
  ) {
    super(doors);
  }

  async *play(): Story {
    const { intake } = this.doors;
    yield clock('2026-03-04T10:00:00+07:00', 'the family card is at the district');
    const { caseId, ...holder } = this.morning.familyCard;
    const atDistrict = this.by(counter, caseId);
    yield round('the counter takes it', () => atDistrict('take', {}));
    yield round('and accepts it', () => atDistrict('accept', {}));
    yield round('the date of the birth is not to be read: the citizen is asked', () =>
      atDistrict('ask', { items: ['tanggal lahir'], words: 'Tanggal lahir pada surat tidak terbaca.' }),
    );
    yield round('and sees it on the page', () => intake.page(holder));
    yield clock('2026-03-05T10:00:00+07:00', 'a day later');
    const { question } = await intake.page(holder);
    yield round('the citizen answers with number and code', () =>
      intake.answer(holder, { request: question?.request ?? '', items: ['tanggal lahir'], text: '19 Februari 2026.' }),
    );
    yield* this.onToTheAgency(caseId);
    yield clock('2026-03-06T08:00:00+07:00', 'the papers are at the agency');
    yield* this.granted(caseId);
    await this.showShares(caseId, holder);
  }

  private async *onToTheAgency(caseId: string): Story {
    const atDistrict = this.by(counter, caseId);
    const note = { product: 'forwarding note', partial: true, number: 'SP-2026-211', signatory: 'kec-tulis.head' };
    yield round('the forwarding note is issued', () => atDistrict('issue-product', note));
    yield round('the papers are sent on', () =>
      atDistrict('hand-over-papers', { items: papers, to: 'disdukcapil', carrier: 'kec-tulis.counter' }),
    );
    yield round('and the case with them', () => atDistrict('complete-stage', {}));
  }

  private async *granted(caseId: string): Story {
    const atAgency = this.by(registryOfficer, caseId);
    const card = { product: 'population_document', partial: false, number: '3325-2026-0014' };
    yield round('the papers are acknowledged', () => atAgency('acknowledge-papers', { items: papers, missing: [] }));
    yield round('the case is taken', () => atAgency('take', {}));
    yield round('and accepted', () => atAgency('accept', {}));
    yield round('the card is issued', () => atAgency('issue-product', { ...card, signatory: 'disdukcapil.head' }));
    yield round('the card is granted', () => atAgency('resolve', { outcome: 'granted' }));
    yield round('the papers are given back', () =>
      atAgency('return-papers', { items: papers, to: 'applicant', receipt: 'TT-2026-88' }),
    );
  }

  /** By hand, office hours of Batang (07:30 to 16:00), to the half hour: what a round itself takes is seconds. */
  private async showShares(caseId: string, holder: CodeHolder): Promise<void> {
    const { shares } = await this.doors.gateway.caseFile(auditor, caseId);
    const { time } = await this.doors.intake.page(holder);
    const seen = shares.map(
      ({ with: who, unit, minutes }) => [nameOf(who, unit), Math.round(minutes / 30) / 2] as const,
    );
    this.show(
      'whose share of the time it was, in office hours',
      seen.filter(([, hours]) => hours > 0).map(([who, hours]) => `${who} ${hours}`),
      [
        'desa-33.25.10.2007 1', // Monday 08:00 to 09:00
        'transit from desa-33.25.10.2007 9.5', // until Tuesday 10:00
        'kec-33.25.10 8.5', // until Wednesday 10:00
        'citizen 8.5', // until Thursday 10:00
        'transit from kec-33.25.10 6.5', // until Friday 08:00
      ],
    );
    const sum = (of: readonly { minutes: number }[]): number => of.reduce((all, { minutes }) => all + minutes, 0);
    this.show('the citizen’s page has the same sum', Math.round(sum(time) / 30), Math.round(sum(shares) / 30));
    this.tell(
      `The family card took ${Math.round(sum(shares) / 60)} office hours: ${time.map(({ words }) => words).join('; ')}.`,
    );
  }

  /** Commands of one person on the case. */
  private by(who: Who, caseId: string) {
    return <N extends StaffCommandName>(name: N, body: StaffCommandBody<N>): Promise<unknown> =>
      this.doors.gateway.command(who, caseId, name, body);
  }
}

function nameOf(who: string, unit: string | undefined): string {
  if (unit === undefined) return who;
  return who === 'unit' ? unit : `${who} from ${unit}`;
}
