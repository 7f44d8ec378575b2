import { districtHead, kaliboyoOfficer, tulisOfficer } from '../demo/people';
import type { CodeHolder } from '../intake';
import { clock, round, type Story } from '../stories/step';
import { Scene } from '../stories/scene';

const kaliboyo = 'desa-33.25.10.2004';
const common = { identity: 'named', content: 'private', area: '33.25.10.2004' } as const;
const letter = { ...common, standard: 'DS-02', attributes: { purpose: 'Bank' } } as const;

/** What was written on the slips on Monday, while the desk had no line: slip, line, time in UTC, errand. */
const written = [
  {
    ...{ slip: 0, line: 1, at: '2026-03-02T02:30:00.000Z', papers: [] },
    submission: { ...letter, person: { name: 'Karsini' }, description: 'Untuk membuka rekening.' },
  },
  {
    ...{ slip: 0, line: 2, at: '2026-03-02T02:30:00.000Z', papers: ['KK lama'] },
    submission: {
      ...{ ...common, standard: 'DK-01', attributes: { change: 'birth' } },
      ...{ person: { name: 'Karsini' }, description: 'Menambah anak.' },
    },
  },
  {
    ...{ slip: 1, line: 1, at: '2026-03-02T03:00:00.000Z', papers: [] },
    submission: { ...letter, person: { name: 'Wagiyo' }, description: 'Untuk membuka rekening.' },
  },
  {
    ...{ slip: 2, line: 1, at: '2026-03-02T04:00:00.000Z', papers: [] },
    submission: {
      ...{ ...common, standard: 'DS-01', attributes: { purpose: 'Lamaran' } },
      ...{ person: { name: 'Rukmini' }, description: 'Pengantar SKCK.' },
    },
  },
] as const;

/** From the slip's own time: one and six working days until 16:00 in Batang, and ten minutes. */
const due = [
  '2026-03-03T09:00:00.000Z',
  '2026-03-10T09:00:00.000Z',
  '2026-03-03T09:00:00.000Z',
  '2026-03-02T04:10:00.000Z',
] as const;

interface Typed extends CodeHolder {
  readonly caseId: string;
}

/** No line on Monday: three slips are written by hand, typed on Tuesday, and once more because nobody was sure. */
export class OfflineDesk extends Scene {
  readonly title = 'An offline desk that types yesterday’s slips twice';
  private slips: readonly CodeHolder[] = [];
  private first: readonly Typed[] = [];
  private second: readonly Typed[] = [];

  async *play(): Story {
    yield round('the district gives Kaliboyo a book of three slips', () => this.getBook());
    yield clock('2026-03-03T10:00:00+07:00', 'the line is back: yesterday’s slips are typed');
    yield round('each errand on them', async () => {
      this.first = await this.typeAll();
    });
    yield round('and all of them once more, from the last to the first', async () => {
      this.second = (await this.typeAll([...written].reverse())).reverse();
    });
    const ids = (of: readonly Typed[]): readonly string[] => of.map(({ caseId }) => caseId);
    this.show('four errands are four cases', new Set(ids(this.first)).size, written.length);
    this.show('typed twice they are the same four', ids(this.second), ids(this.first));
    const inbox = await this.doors.gateway.inbox(kaliboyoOfficer, '?standard=DS-02');
    this.show('the desk has two letters to write, not four', inbox.length, 2);
    await this.showPages();
    await this.showStranger();
    this.tell('Three slips with four errands were typed a day late and twice: four cases, each due from its own slip.');
  }

  private async getBook(): Promise<void> {
    const { gateway, intake } = this.doors;
    const { numbers, printAt } = await gateway.issueSlips(districtHead, { unit: kaliboyo, count: 3 });
    const codes = [...(await intake.print(printAt)).matchAll(/\d{4}-\d{4}-\d{4}-\d{4}/g)].map(([code]) => code);
    this.slips = numbers.map((number, index) => ({ number, trackingCode: codes[index] ?? '' }));
  }

  private async typeAll(errands: readonly (typeof written)[number][] = written): Promise<Typed[]> {
    const typed: Typed[] = [];
    for (const errand of errands) typed.push(await this.type(errand));
    return typed;
  }

  private async type({ slip, line, at, papers, submission }: (typeof written)[number]): Promise<Typed> {
    const { number, trackingCode } = this.slip(slip);
    const filing = { submission, slip: { number, line }, receivedAt: at, papers: [...papers] };
    const filed = await this.doors.gateway.file(kaliboyoOfficer, filing);
    return { caseId: filed.caseId, number: filed.number, trackingCode };
  }

  /** The code on the paper opens every errand of it, each under its own number. */
  private async showPages(): Promise<void> {
    const pages = await Promise.all(this.first.map((one) => this.doors.intake.page(one)));
    const dates = pages.map(({ dueAt }) => dueAt);
    this.show('due from the time on the slip, not from the typing', dates, [...due]);
    const [ofSlip, other] = this.first.map(({ number }) => number);
    this.show('the first errand has the number on the paper', ofSlip, this.slip(0).number);
    this.show('the second a number of its own', other === ofSlip, false);
  }

  private async showStranger(): Promise<void> {
    const { submission } = written[0];
    const again = { submission, slip: { number: this.slip(0).number, line: 1 }, receivedAt: written[0].at };
    const code = await this.refused(() => this.doors.gateway.file(tulisOfficer, again));
    this.show('another desk cannot use these slips', code, 'SLIP_UNKNOWN');
  }

  private slip(index: number): CodeHolder {
    const found = this.slips[index];
    if (found === undefined) throw new Error('the book has no such slip');
    return found;
  }
}
