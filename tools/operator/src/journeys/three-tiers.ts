import type { StaffCommandBody, StaffCommandName } from '@garda/contracts';
import { auditor, counter, districtHead, registryOfficer, tulisOfficer } from '../demo/people';
import type { Who } from '../gateway';
import type { CodeHolder } from '../intake';
import { clock, round, type Story } from '../stories/step';
import { Scene } from '../stories/scene';

const tulis = 'desa-33.25.10.2007';
const district = 'kec-33.25.10';
const [oldCard, proof] = ['KK lama', 'surat kelahiran'];
const papers = [oldCard, proof];
const familyCard = { standard: 'DK-01', identity: 'named', content: 'private', area: '33.25.10.2007' } as const;

/**
 * A family card by way of village, district and agency, for somebody without a phone. One paper is not in the bag, and
 * what the district asks is told to him by the village: only then does the clock stop.
 */
export class ThreeTiers extends Scene {
  readonly title = 'A family card over three tiers, with a missing paper';
  private caseId = '';
  private slip: CodeHolder = { number: '', trackingCode: '' };

  async *play(): Story {
    yield round('a citizen without a phone hands in what a family card needs', () => this.handIn());
    this.show('six working days are promised', await this.dueAt(), '2026-03-10T09:00:00.000Z');
    yield clock('2026-03-02T09:00:00+07:00', 'an hour later in Tulis');
    yield* this.atTheVillage();
    yield clock('2026-03-03T10:00:00+07:00', 'the bag is at the district');
    yield* this.atTheDistrict();
    yield clock('2026-03-04T10:00:00+07:00', 'the citizen comes by in Tulis');
    yield* this.toldByTheDesk();
    yield clock('2026-03-05T10:00:00+07:00', 'and asks at home');
    yield* this.answered();
    yield clock('2026-03-05T16:30:00+07:00', 'two working days after the paper was found missing');
    this.show('it is a task for Tulis', await this.tasksOf(tulisOfficer, this.caseId), ['papers_missing']);
    yield clock('2026-03-06T08:00:00+07:00', 'the paper lay on the desk in Tulis');
    yield* this.sentAfter();
    yield clock('2026-03-09T09:00:00+07:00', 'over the week-end to the agency');
    yield* this.atTheAgency();
    await this.showShares();
  }

  private async handIn(): Promise<void> {
    const { gateway, intake } = this.doors;
    const { numbers, printAt } = await gateway.issueSlips(districtHead, { unit: tulis, count: 1 });
    const [trackingCode = ''] = /\d{4}-\d{4}-\d{4}-\d{4}/.exec(await intake.print(printAt)) ?? [];
    const [number = ''] = numbers;
    this.slip = { number, trackingCode };
    const submission = {
      ...familyCard,
      person: { name: 'Darsih' },
      description: 'Menambah anak.',
      attributes: { change: 'birth' },
    };
    this.caseId = (await gateway.file(tulisOfficer, { submission, slip: { number }, papers })).caseId;
  }

  private async *atTheVillage(): Story {
    const receipt = { product: 'file receipt', partial: true, number: 'TTB-31', signatory: 'tulis.head' };
    const bag = { items: papers, to: district, carrier: 'tulis.officer' };
    yield this.does(tulisOfficer, 'the file is complete', 'accept', {});
    yield this.does(tulisOfficer, 'a file receipt is given', 'issue-product', receipt);
    yield this.does(tulisOfficer, 'the papers go to the district', 'hand-over-papers', bag);
    yield this.does(tulisOfficer, 'and the case with them', 'complete-stage', {});
  }

  private async *atTheDistrict(): Story {
    const came = { items: [oldCard], missing: [proof] };
    const words = 'Tanggal lahir anak tidak terbaca.';
    yield this.does(counter, 'one paper came, one did not', 'acknowledge-papers', came);
    this.show('the other stays its sender’s', await this.missing(), [`${proof} ${tulis}`]);
    yield this.does(counter, 'the counter takes the case', 'take', {});
    yield this.does(counter, 'and can begin all the same', 'accept', {});
    yield this.does(counter, 'the citizen is asked for a date', 'ask', { items: ['tanggal lahir'], words });
  }

  private async *toldByTheDesk(): Story {
    this.show('nobody has told him: the clock runs', await this.stopped(), false);
    this.show('it is a task for the desk where he was', await this.tasksOf(tulisOfficer, this.caseId), [
      'tell_citizen',
    ]);
    this.show('and for no other desk', await this.tasksOf(counter, this.caseId), []);
    yield this.does(tulisOfficer, 'the desk tells him', 'tell-citizen', {});
    this.show('now the clock has stopped', await this.stopped(), true);
    this.show('and the task is done', await this.tasksOf(tulisOfficer, this.caseId), []);
  }

  private async *answered(): Story {
    const { intake } = this.doors;
    const { question } = await intake.page(this.slip);
    const answer = { request: question?.request ?? '', items: ['tanggal lahir'], text: '19 Februari 2026.' };
    yield round('he answers with number and code', () => intake.answer(this.slip, answer));
    this.show('the day on which he was waited for is added', await this.dueAt(), '2026-03-11T09:00:00.000Z');
  }

  private async *sentAfter(): Story {
    const after = { items: [proof], to: district, carrier: 'tulis.officer' };
    const note = { product: 'forwarding note', partial: true, number: 'SP-31', signatory: 'kec-tulis.head' };
    const on = { items: papers, to: 'disdukcapil', carrier: 'kec-tulis.counter' };
    yield this.does(tulisOfficer, 'it is sent after', 'hand-over-papers', after);
    this.show(
      'that task is done too',
      (await this.tasksOf(tulisOfficer, this.caseId)).includes('papers_missing'),
      false,
    );
    yield this.does(counter, 'and is there', 'acknowledge-papers', { items: [proof], missing: [] });
    yield this.does(counter, 'the forwarding note is issued', 'issue-product', note);
    yield this.does(counter, 'the papers go on', 'hand-over-papers', on);
    yield this.does(counter, 'and the case with them', 'complete-stage', {});
  }

  private async *atTheAgency(): Story {
    const card = { product: 'population_document', partial: false, number: '3325-31', signatory: 'disdukcapil.head' };
    const back = { items: papers, to: 'applicant', receipt: 'TT-31' } as const;
    yield this.does(registryOfficer, 'all papers are there', 'acknowledge-papers', { items: papers, missing: [] });
    yield this.does(registryOfficer, 'taken', 'take', {});
    yield this.does(registryOfficer, 'accepted', 'accept', {});
    yield this.does(registryOfficer, 'issued', 'issue-product', card);
    yield this.does(registryOfficer, 'granted', 'resolve', { outcome: 'granted' });
    yield this.does(registryOfficer, 'the papers are given back', 'return-papers', back);
  }

  /** By hand, office hours of Batang (07:30 to 16:00), to the half hour: what a round itself takes is seconds. */
  private async showShares(): Promise<void> {
    const { time, decision } = await this.doors.intake.page(this.slip);
    this.show('the citizen has his card', decision?.outcome.code, 'granted');
    const seen = time.map(
      ({ with: who, unit, minutes }) => [who, unit?.code ?? '', Math.round(minutes / 30) / 2] as const,
    );
    this.show(
      'his page shows whose share of the time it was, in office hours',
      seen.filter(([, , hours]) => hours > 0).map((share) => share.join(' ')),
      [
        `unit ${tulis} 1`, // Monday 08:00 to 09:00
        'transit  17.5', // until Tuesday 10:00, and from Friday 08:00 (closing at 14:30) to Monday 09:00
        `unit ${district} 15`, // until Wednesday 10:00, and from Thursday 10:00 to Friday 08:00
        'citizen  8.5', // from Wednesday to Thursday 10:00
      ],
    );
    const { shares } = await this.doors.gateway.caseFile(auditor, this.caseId);
    const sum = (of: readonly { minutes: number }[]): number => of.reduce((all, { minutes }) => all + minutes, 0);
    this.show('the office counts the same', Math.round(sum(shares) / 30), Math.round(sum(time) / 30));
    this.tell(`Village, district and agency: ${time.map(({ words }) => words).join('; ')}.`);
  }

  private does<N extends StaffCommandName>(who: Who, words: string, name: N, body: StaffCommandBody<N>) {
    return round(words, () => this.doors.gateway.command(who, this.caseId, name, body));
  }

  private async dueAt(): Promise<string | undefined> {
    return (await this.doors.intake.page(this.slip)).dueAt;
  }

  private async stopped(): Promise<boolean> {
    return (await this.doors.gateway.caseFile(auditor, this.caseId)).clockStopped === true;
  }

  private async missing(): Promise<readonly string[]> {
    const file = await this.doors.gateway.caseFile(auditor, this.caseId);
    return file.papers.filter(({ state }) => state === 'missing').map(({ item, unit }) => `${item} ${unit}`);
  }
}
