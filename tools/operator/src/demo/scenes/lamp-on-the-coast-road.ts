import { auditor } from '../people';
import { clock, type Story } from '../../stories/step';
import type { Stage } from '../stage';
import { Scene, type Doors } from '../../stories/scene';

/** Wrong door, no dead end: what became of the coast lamps of the table, as its citizen and the office see it. */
export class LampOnTheCoastRoad extends Scene {
  readonly title = 'The lamp on the coast road';

  constructor(
    doors: Doors,
    private readonly stage: Stage,
  ) {
    super(doors);
  }

  async *play(): Story {
    yield clock('2026-03-05T10:00:00+07:00', 'the lamps of the nation are with their keeper');
    const { decision, state } = await this.doors.intake.page(this.stage.citizenOf('coastLamp'));
    this.show('the citizen reads who has it now', decision?.referral?.body.code, 'x-bptd');
    this.show('and that it is decided, with a window to object', state.code, 'decided');
    yield clock('2026-03-25T16:30:00+07:00', 'the office has asked there');
    const { timeline } = await this.doors.gateway.caseFile(auditor, this.stage.idOf('coastLamp'));
    const outside = timeline.filter(({ type }) => /Outside/.test(type) && type !== 'OutsideNoted');
    this.show(
      'referred with a reference, and asked about',
      outside.map(({ type }) => type),
      ['CaseReferredOutside', 'OutsideBodyAsked'],
    );
    this.tell(
      `The lamps belong to ${decision?.referral?.body.name ?? 'nobody'}: referred from triage with a reference, followed up, ` +
        'and the citizen reads where they are.',
    );
  }
}
