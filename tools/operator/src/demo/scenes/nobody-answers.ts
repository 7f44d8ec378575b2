import { auditor } from '../people';
import { clock, type Story } from '../../stories/step';
import type { Stage } from '../stage';
import { Scene, type Doors } from '../../stories/scene';

/** Silence climbs, and a decision that was wrong is undone by somebody else. */
export class NobodyAnswers extends Scene {
  readonly title = 'Nobody answers';

  constructor(
    doors: Doors,
    private readonly stage: Stage,
  ) {
    super(doors);
  }

  async *play(): Story {
    const { gateway } = this.doors;
    yield clock('2026-03-16T16:30:00+07:00', 'ten working days have gone by');
    const { escalations } = await gateway.caseFile(auditor, this.stage.idOf('nobody'));
    this.show(
      'who was told of the road that nobody takes',
      escalations.map(({ to }) => to),
      ['dpupr', 'upkp2', 'setda'],
    );
    this.tell(
      'Nobody took the damaged road: on three days in a row its head, the quality unit and the secretary were told.',
    );
    yield clock('2026-04-10T08:00:00+07:00', 'all windows are closed');
    const { timeline, outcome } = await gateway.caseFile(auditor, this.stage.idOf('objection'));
    const officers = timeline.filter(({ type }) => type === 'OfficerAssigned').length;
    const upheld = timeline.filter(({ type }) => type === 'DisputeDecided').length;
    this.show(
      'the objection: decided once elsewhere, then another officer, another outcome',
      [upheld, officers, outcome],
      [...[1, 2, 'remedied']],
    );
    this.tell(
      'The road before the school was "unfounded" until its citizen objected: another desk upheld him, another officer filled it.',
    );
  }
}
