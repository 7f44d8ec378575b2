import { citizens, inspector, quality, secretary, tulisHead } from '../demo/people';
import type { Who } from '../gateway';
import type { Receipt } from '../intake';
import { clock, round, type Story } from '../stories/step';
import { Scene } from '../stories/scene';
import { whatOthersSee } from './what-others-see';

const levy = {
  standard: 'LV-01',
  content: 'private',
  objectPlace: {},
  attributes: { reported_unit: 'desa-33.25.10.2007', amount: '50000', for_what: 'surat' },
} as const;

/** A report of an illegal levy: one that is worked on, and one that nobody touches. Nobody else sees a thing of either. */
export class LevyUntouched extends Scene {
  readonly title = 'A levy report nobody touches';
  private receipts: readonly Receipt[] = [];

  async *play(): Story {
    const { gateway, intake } = this.doors;
    yield clock('2026-05-18T08:00:00+07:00', 'a Monday on which nothing else happens');
    const lamp = await this.anyCase();
    const before = await whatOthersSee(this.doors, lamp);
    yield round('two people report the head of Tulis for taking money', async () => {
      const named = { ...levy, identity: 'withheld', person: citizens.gito } as const;
      this.receipts = [
        await intake.submit({ ...named, description: 'Diminta lima puluh ribu untuk surat.' }),
        await intake.submit({ ...levy, identity: 'none', description: 'Sama, minggu lalu.' }),
      ];
    });
    const [worked, left] = this.both();
    yield round('the inspectorate takes one of them', () => gateway.levyCommand(inspector, worked.caseId, 'take', {}));
    yield round('and accepts it', () => gateway.levyCommand(inspector, worked.caseId, 'accept', {}));
    yield round('and asks', () =>
      gateway.levyCommand(inspector, worked.caseId, 'ask', { items: ['Tanggal'], words: 'Kapan?' }),
    );
    const page = await intake.page({ number: worked.number, trackingCode: worked.trackingCode ?? '' });
    this.show('whoever reported it is asked on his page', page.state.code, 'waiting');
    const after = await whatOthersSee(this.doors, lamp);
    this.show(
      'what everybody else can read has not changed by one byte',
      after.filter((line, i) => line !== before[i]),
      [],
    );
    this.show('and there was much to compare', before.filter((line) => / 200 /.test(line)).length > 20, true);
    yield* this.untouched(left);
  }

  private async *untouched({ caseId, number }: Receipt): Story {
    const { gateway } = this.doors;
    const counts = async () => [await this.untouchedFor(inspector), await this.untouchedFor(secretary)];
    yield clock('2026-05-22T16:30:00+07:00', 'for three working days nobody has taken the other');
    this.show('the head of the inspectorate is told', await counts(), [1, 0]);
    yield clock('2026-05-29T16:30:00+07:00', 'for six');
    this.show('the secretary learns that there is one', await counts(), [1, 1]);
    yield clock('2026-06-05T16:30:00+07:00', 'for nine');
    const { escalations } = await gateway.levyFile(inspector, caseId);
    this.show(
      'then the body outside is next',
      escalations.filter((one) => one.clock === 'levy').map(({ to }) => to),
      ['inspektorat', 'setda', 'x-ombudsman'],
    );
    const { untouchedOutside } = await gateway.levyList(secretary);
    this.show('and the secretary, who may not read it, learns that the body is to be told', untouchedOutside, 1);
    const whoMayNot = [tulisHead, quality, secretary, inspector];
    const reads = (who: Who, path: string) => this.refused(() => gateway.get(who, path));
    this.show(
      'for everybody else there is no such case, on either door',
      await Promise.all([
        ...whoMayNot.map((who) => reads(who, `/cases/${number}`)),
        ...whoMayNot.slice(0, 3).map((who) => reads(who, `/levy/${caseId}`)),
      ]),
      Array.from({ length: 7 }, () => 'CASE_NOT_FOUND'),
    );
    yield round('somebody takes it at last', () => gateway.levyCommand(inspector, caseId, 'take', {}));
    this.show('and nobody is left untouched', await counts(), [0, 0]);
    this.tell(
      'Two reports of an illegal levy went through the house; whoever was reported, and everybody else, saw none.',
    );
  }

  private async untouchedFor(who: Who): Promise<number> {
    return (await this.doors.gateway.levyList(who)).untouched;
  }

  /** Some cases of others, to look at their files. */
  private async anyCase(): Promise<readonly string[]> {
    const { json } = await this.doors.gateway.get(quality, '/inbox?limit=5');
    return (json as { items: readonly { caseId: string }[] }).items.map(({ caseId }) => caseId);
  }

  private both(): readonly [Receipt, Receipt] {
    const [worked, left] = this.receipts;
    if (worked === undefined || left === undefined) throw new Error('nothing was handed in');
    return [worked, left];
  }
}
