import { roadHead, roadOfficer, secondRoadOfficer } from '../demo/people';
import type { Who } from '../gateway';
import { clock, round, type Story } from '../stories/step';
import { Scene } from '../stories/scene';

const road = { standard: 'PU-01', identity: 'none', content: 'public' } as const;
const leave = { standIn: 'dpupr.second', from: '2026-03-03', until: '2026-03-05' };

/** While an officer is on leave another does his work; when he does not come back, another has it. */
export class OfficerOnLeave extends Scene {
  readonly title = 'An officer on leave with ten open cases';
  private readonly cases: string[] = [];

  async *play(): Story {
    const { gateway } = this.doors;
    yield round('ten roads are damaged, and one officer takes them all', () => this.tenRoads());
    const [first = '', second = '', third = ''] = this.cases;
    yield round('his head names who stands in from Tuesday to Thursday', () =>
      gateway.nameStandIn(roadHead, 'dpupr.officer', leave),
    );
    this.show('on Monday the colleague has none of them', await this.inboxOf(secondRoadOfficer), 0);
    this.show('and may not begin', await this.begins(first), 'NOT_YOUR_CASE');
    yield clock('2026-03-03T08:00:00+07:00', 'the officer is on leave');
    this.show('on Tuesday all ten are in the inbox of who stands in', await this.inboxOf(secondRoadOfficer), 10);
    yield round('who begins with two of them', () => gateway.command(secondRoadOfficer, first, 'accept', {}));
    yield round('and goes on', () => gateway.command(secondRoadOfficer, second, 'accept', {}));
    const { officer } = await gateway.caseFile(roadHead, first);
    this.show('the case stays the officer’s', officer, 'dpupr.officer');
    yield clock('2026-03-06T08:00:00+07:00', 'the leave is over');
    this.show('on Friday the colleague may begin no more', await this.begins(third), 'NOT_YOUR_CASE');
    this.show('and has none of them', await this.inboxOf(secondRoadOfficer), 0);
    yield* this.leftForGood();
  }

  private async tenRoads(): Promise<void> {
    const { gateway, intake } = this.doors;
    for (let n = 1; n <= 10; n += 1) {
      const { caseId } = await intake.submit({
        ...road,
        description: `Jalan berlubang, ruas ${n}.`,
        objectPlace: { areaCode: '33.25.10.2007', lat: -6.95 - n / 1000, long: 109.82 },
      });
      this.cases.push(caseId);
    }
    for (const caseId of this.cases) await gateway.command(roadOfficer, caseId, 'take', {});
  }

  private async *leftForGood(): Story {
    const { gateway } = this.doors;
    let statuses: readonly number[] = [];
    yield round('the officer does not come back: his head gives all of them to the colleague at once', async () => {
      statuses = (await gateway.reassign(roadHead, 'dpupr.officer', 'dpupr.second')).map(({ status }) => status);
    });
    this.show('each of the ten is answered by itself', statuses, Array(10).fill(200));
    this.show('the colleague has them', await this.inboxOf(secondRoadOfficer), 10);
    this.show('the officer has none', await this.inboxOf(roadOfficer), 0);
    this.show('and what was begun goes on', await this.begins(this.cases[2] ?? ''), 'done');
    this.tell('Ten open cases had somebody on every day: the officer, who stood in for him, and who has them now.');
  }

  private begins(caseId: string): Promise<string> {
    return this.refused(() => this.doors.gateway.command(secondRoadOfficer, caseId, 'accept', {}));
  }

  /** How many of the ten somebody has to do. */
  private async inboxOf(who: Who): Promise<number> {
    const { json } = await this.doors.gateway.get(who, '/inbox?assigned=me&standard=PU-01&limit=100');
    const { items } = json as { readonly items: readonly { readonly caseId: string }[] };
    return items.filter(({ caseId }) => this.cases.includes(caseId)).length;
  }
}
