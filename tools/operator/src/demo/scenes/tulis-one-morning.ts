import { auditor, citizens, counter, districtHead, tulisHead, tulisOfficer } from '../people';
import { clock, round, type Story } from '../../stories/step';
import type { CodeHolder } from '../../intake';
import { Scene } from '../../stories/scene';

const tulis = 'desa-33.25.10.2007';
const district = 'kec-33.25.10';
const familyCard = { standard: 'DK-01', identity: 'named', content: 'private', area: '33.25.10.2007' } as const;
const letter = { standard: 'DS-02', identity: 'named', content: 'private', area: '33.25.10.2007' } as const;
const oldCard = 'KK lama';
const proof = 'surat kelahiran';

/** An errand of a citizen who stands at the desk and holds a slip. */
interface Errand extends CodeHolder {
  readonly caseId: string;
}

/** Slips, papers, one trip, and one paper that is not in the bag. */
export class TulisOneMorning extends Scene {
  readonly title = 'Tulis, one morning';
  private slips: readonly CodeHolder[] = [];
  private errands: readonly Errand[] = [];
  private trip = '';
  private letter = '';

  /** The family card whose days the next scene counts. */
  get familyCard(): Errand {
    return this.errand(0);
  }

  async *play(): Story {
    const { gateway, intake } = this.doors;
    let printAt = '';
    yield round('the district gives Tulis a book of three slips', async () => {
      const book = await gateway.issueSlips(districtHead, { unit: tulis, count: 3 });
      printAt = book.printAt;
      this.readSlips(await intake.print(printAt), book.numbers);
    });
    this.show('a book that was printed is printed again', await this.refused(() => intake.print(printAt)), 'NOT_FOUND');
    yield round('two citizens hand over what a family card needs, a third wants a letter: each holds a slip', () =>
      this.fileTwo(),
    );
    await this.showSlip();
    yield clock('2026-03-02T09:00:00+07:00', 'the officer of Tulis packs the bag');
    yield* this.sendOff();
    yield clock('2026-03-03T10:00:00+07:00', 'the bag is at the district; in Tulis yesterday’s third slip is typed');
    yield round('all papers but one are there: one acknowledgement for both; the slip is typed, and once more', () =>
      Promise.all([this.acknowledge(), this.typeLate()]),
    );
    await this.showMissing();
    yield round('the paper lay on the desk in Tulis and goes after; the head approves the trip', () =>
      this.sendAfter(),
    );
    await this.approveTwice();
    yield* this.letterOfTheLateSlip();
  }

  /** What a printer puts on paper: per slip a number, a QR code, what it costs, and the code to fold over. */
  private readSlips(html: string, numbers: readonly string[]): void {
    const count = (of: RegExp): number => [...html.matchAll(of)].length;
    this.show('slips with a QR code and "Rp 0"', [count(/<svg/g), count(/Rp 0/g)], [numbers.length, numbers.length]);
    const codes = [...html.matchAll(/\d{4}-\d{4}-\d{4}-\d{4}/g)].map(([code]) => code);
    this.slips = numbers.map((number, index) => ({ number, trackingCode: codes[index] ?? '' }));
  }

  private async fileTwo(): Promise<void> {
    const { gateway } = this.doors;
    const submissions = [
      { person: citizens.tejo, description: 'Menambah anak yang baru lahir.', attributes: { change: 'birth' } },
      { person: citizens.lina, description: 'Pindah dari Kaliboyo.', attributes: { change: 'move' } },
    ];
    this.errands = await Promise.all(
      submissions.map(async (submission, index) => {
        const slip = this.slip(index);
        const { caseId } = await gateway.file(tulisOfficer, {
          submission: { ...familyCard, ...submission },
          slip: { number: slip.number },
          papers: [oldCard, proof],
        });
        return { ...slip, caseId };
      }),
    );
  }

  private async showSlip(): Promise<void> {
    const { cost, papers, dueAt } = await this.doors.intake.page(this.familyCard);
    this.show('what the errand costs', cost.words, 'Rp 0');
    this.show('what was handed over', papers.map(({ item }) => item).join(', '), `${oldCard}, ${proof}`);
    // 1 + 2 + 3 working days from 2 March, until 16:00 in Batang.
    this.show('when it is due', dueAt, '2026-03-10T09:00:00.000Z');
    const receipt = await this.doors.intake.receipt(this.familyCard);
    this.show(
      'the printed receipt names them, and never the code',
      [oldCard, proof, 'Rp 0', this.familyCard.trackingCode].map((words) => receipt.includes(words)),
      [true, true, true, false],
    );
    this.tell(`Two citizens went home with a slip each: a number, a QR code, "Rp 0", and a code for nobody but them.`);
  }

  private async *sendOff(): Story {
    const each = (deed: (errand: Errand) => Promise<unknown>) => this.errands.map((errand) => () => deed(errand));
    const { gateway } = this.doors;
    yield round('the files are complete', ...each(({ caseId }) => gateway.command(tulisOfficer, caseId, 'accept', {})));
    const receipt = { product: 'file receipt', partial: true, signatory: 'tulis.head' };
    yield round(
      'both get a file receipt',
      ...each(({ caseId, number }) =>
        gateway.command(tulisOfficer, caseId, 'issue-product', { ...receipt, number: `TTB-${number}` }),
      ),
    );
    yield round('one trip carries both bags of papers to the district', async () => {
      this.trip = await gateway.recordTrip(tulisOfficer, {
        carrier: 'tulis.officer',
        date: '2026-03-02',
        to: district,
        cases: this.errands.map(({ caseId }) => caseId),
        kilometres: 14,
        costLine: 'Perjalanan dinas desa',
        cost: 20_000,
      });
      const sent = { items: [oldCard, proof], to: district, carrier: 'tulis.officer', trip: this.trip };
      await Promise.all(
        this.errands.map(({ caseId }) => gateway.command(tulisOfficer, caseId, 'hand-over-papers', sent)),
      );
    });
    yield round(
      'and the village’s part is done',
      ...each(({ caseId }) => gateway.command(tulisOfficer, caseId, 'complete-stage', {})),
    );
    this.tell(
      'One trip of 14 km carried both errands to the district; the village’s travel budget pays Rp 20 000 for it.',
    );
  }

  private async acknowledge(): Promise<void> {
    const [first, second] = [this.errand(0).caseId, this.errand(1).caseId];
    const results = await this.doors.gateway.acknowledgePapers(counter, [
      { caseId: first, items: [oldCard, proof] },
      { caseId: second, items: [oldCard], missing: [proof] },
    ]);
    this.show(
      'one acknowledgement answers for each case by itself',
      results.map(({ status }) => status),
      [200, 200],
    );
  }

  /** The desk was offline: the slip is of Monday, the typing of Tuesday, and the answer was lost the first time. */
  private async typeLate(): Promise<void> {
    const late = { person: citizens.sulis, description: 'Untuk melamar kerja.', attributes: { purpose: 'Lamaran' } };
    const filing = {
      submission: { ...letter, ...late },
      slip: { number: this.slip(2).number },
      receivedAt: '2026-03-02T03:00:00.000Z',
    };
    const first = await this.doors.gateway.file(tulisOfficer, filing);
    const again = await this.doors.gateway.file(tulisOfficer, filing);
    this.show('the same slip typed twice is one case', again.caseId, first.caseId);
    const { dueAt } = await this.doors.intake.page(this.slip(2));
    // One working day from the day on the slip, not from the day it was typed.
    this.show('the late slip is due from its own day', dueAt, '2026-03-03T09:00:00.000Z');
    this.letter = first.caseId;
  }

  private async showMissing(): Promise<void> {
    const { papers } = await this.doors.gateway.caseFile(auditor, this.errand(1).caseId);
    this.show(
      'the paper that did not come is its sender’s to find',
      papers.filter(({ item }) => item === proof).map(({ state, unit }) => `${state}, ${unit}`),
      [`missing, ${tulis}`],
    );
    this.tell(
      'At the district one paper of four was missing: it stays in the name of Tulis until it is sent or declared lost.',
    );
  }

  private async sendAfter(): Promise<void> {
    const { gateway } = this.doors;
    const sent = { items: [proof], to: district, carrier: 'tulis.officer' };
    await Promise.all([
      gateway.command(tulisOfficer, this.errand(1).caseId, 'hand-over-papers', sent),
      gateway.approveTrip(tulisHead, this.trip),
    ]);
  }

  private async *letterOfTheLateSlip(): Story {
    const { gateway } = this.doors;
    const product = { product: 'village_letter', partial: false, number: '474/118/2026', signatory: 'tulis.head' };
    yield round('the letter is begun', () => gateway.command(tulisOfficer, this.letter, 'accept', {}));
    yield round('written', () => gateway.command(tulisOfficer, this.letter, 'issue-product', product));
    yield round('and granted', () => gateway.command(tulisOfficer, this.letter, 'resolve', { outcome: 'granted' }));
    this.tell(
      'The third slip was typed a day late and twice: one case, counted from the day on the paper, granted in time.',
    );
  }

  private async approveTwice(): Promise<void> {
    const again = await this.refused(() => this.doors.gateway.approveTrip(districtHead, this.trip));
    this.show('a trip is approved once', again, 'TRIP_APPROVED');
  }

  private errand(index: number): Errand {
    const found = this.errands[index];
    if (found === undefined) throw new Error('that errand was not handed in');
    return found;
  }

  private slip(index: number): CodeHolder {
    const found = this.slips[index];
    if (found === undefined) throw new Error('the book has no such slip');
    return found;
  }
}
