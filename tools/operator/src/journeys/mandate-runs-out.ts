import { auditor, citizens, districtHead, tulisOfficer } from '../demo/people';
import type { CodeHolder } from '../intake';
import { clock, round, type Story } from '../stories/step';
import { Scene } from '../stories/scene';

const tulis = 'desa-33.25.10.2007';

/** Papers are away when the mandate ends: the village may bring them back to nobody but the citizen. */
export class MandateRunsOut extends Scene {
  readonly title = 'A mandate that runs out while papers are away';
  private caseId = '';
  private slip: CodeHolder = { number: '', trackingCode: '' };

  async *play(): Story {
    const { gateway, intake } = this.doors;
    yield round('the citizen hands over a paper and lets the village act', () => this.handIn());
    yield round('the mandate is written down', () =>
      gateway.command(tulisOfficer, this.caseId, 'record-mandate', { carrier: 'tulis.officer' }),
    );
    const { mandate } = await intake.page(this.slip);
    yield round('and confirmed with the code on the slip', () =>
      intake.confirmMandate(this.slip, mandate?.mandate ?? ''),
    );
    yield round('the file is complete', () => gateway.command(tulisOfficer, this.caseId, 'accept', {}));
    yield round('the paper goes to the district', () =>
      gateway.command(tulisOfficer, this.caseId, 'hand-over-papers', {
        ...{ items: ['KK lama'], to: 'kec-33.25.10', carrier: 'tulis.officer' },
      }),
    );
    // Thirty working days from 2 March, over Nyepi and Idul Fitri and 3 April: Wednesday 22 April.
    yield clock('2026-04-17T08:00:00+07:00', 'three working days before the end');
    this.show('the citizen is warned', await this.duties(), ['DutyDue']);
    const isTask = async () => (await this.tasksOf(tulisOfficer, this.caseId)).includes('mandate_ends');
    this.show('and so is the village', await isTask(), true);
    yield clock('2026-04-22T16:30:00+07:00', 'the mandate is over');
    this.show('it ended by itself', await this.duties(), ['DutyDue', 'MandateEnded']);
    this.show('there is nothing left to do about it', await isTask(), false);
    yield* this.broughtBack();
  }

  private async handIn(): Promise<void> {
    const { gateway, intake } = this.doors;
    const { numbers, printAt } = await gateway.issueSlips(districtHead, { unit: tulis, count: 1 });
    const [trackingCode = ''] = /\d{4}-\d{4}-\d{4}-\d{4}/.exec(await intake.print(printAt)) ?? [];
    const [number = ''] = numbers;
    this.slip = { number, trackingCode };
    const card = { standard: 'DK-01', identity: 'named', content: 'private', area: '33.25.10.2007' } as const;
    const submission = {
      ...card,
      person: citizens.mirna,
      description: 'Menambah anak.',
      attributes: { change: 'birth' },
    };
    this.caseId = (await gateway.file(tulisOfficer, { submission, slip: { number }, papers: ['KK lama'] })).caseId;
  }

  /** What became of the mandate by the clock. */
  private async duties(): Promise<readonly string[]> {
    const { timeline } = await this.doors.gateway.caseFile(auditor, this.caseId);
    return timeline.filter(({ type }) => type === 'DutyDue' || type === 'MandateEnded').map(({ type }) => type);
  }

  private async *broughtBack(): Story {
    const { gateway, intake } = this.doors;
    const back = { items: ['KK lama'], missing: [] };
    yield round('the district sends the paper back', async () => {
      await gateway.command({ person: 'kec-tulis.counter' }, this.caseId, 'acknowledge-papers', back);
      await gateway.command({ person: 'kec-tulis.counter' }, this.caseId, 'hand-over-papers', {
        ...{ items: ['KK lama'], to: tulis, carrier: 'kec-tulis.counter' },
      });
    });
    yield round('the village has it again', () =>
      gateway.command(tulisOfficer, this.caseId, 'acknowledge-papers', back),
    );
    const give = (to: 'proxy' | 'applicant'): Promise<unknown> =>
      gateway.command(tulisOfficer, this.caseId, 'return-papers', { items: ['KK lama'], to, receipt: 'TT-7' });
    this.show('the village keeps it as proxy', await this.refused(() => give('proxy')), 'MANDATE_NOT_CONFIRMED');
    yield round('so it is given to the citizen, who signs', () => give('applicant'));
    const { papers } = await intake.page(this.slip);
    this.show(
      'the page says so',
      papers.map(({ is }) => is.code),
      ['returned'],
    );
    yield round('who takes the case back', () => intake.withdraw(this.slip));
    const { state } = await intake.page(this.slip);
    this.show('and nothing holds it open', ['withdrawn', 'closed'].includes(state.code), true);
    this.tell('The mandate ended while the paper was at the district; it came back to the citizen and to nobody else.');
  }
}
