import { auditor, lampOfficer } from '../demo/people';
import type { Receipt } from '../intake';
import { round, type Story } from '../stories/step';
import { Scene } from '../stories/scene';

const lamp = {
  standard: 'HB-01',
  identity: 'none',
  content: 'public',
  objectPlace: { areaCode: '33.25.10.2007', lat: -6.9541, long: 109.8237 },
  attributes: { road_class: 'regency', since: '2 malam' },
} as const;

/** The first report of a lamp is withdrawn: the second stands for itself again, from its own receipt. */
export class LeaderWithdrawn extends Scene {
  readonly title = 'Two reports of one lamp, the first of which is withdrawn';
  private first: Receipt | undefined;
  private second: Receipt | undefined;

  async *play(): Story {
    const { gateway, intake } = this.doors;
    yield round('two people report the same lamp', async () => {
      this.first = await intake.submit({ ...lamp, description: 'Lampu di perempatan padam.' });
      this.second = await intake.submit({ ...lamp, description: 'Perempatan gelap.' });
    });
    const [leader, follower] = [this.receipt(this.first), this.receipt(this.second)];
    yield round('an officer has both', () => this.both((id) => gateway.command(lampOfficer, id, 'take', {})));
    yield round('and links the second to the first', () =>
      gateway.command(lampOfficer, follower.caseId, 'link-duplicate', { leader: leader.caseId }),
    );
    yield round('the first takes the report back', () =>
      intake.withdraw({ number: leader.number, trackingCode: leader.trackingCode ?? '' }),
    );
    const { timeline, status, dueAt } = await gateway.caseFile(auditor, follower.caseId);
    const linked = timeline.filter(({ type }) => /^Duplicate/.test(type)).map(({ type }) => type);
    this.show('the second was linked and let go', linked, ['DuplicateLinked', 'DuplicateUnlinked']);
    this.show('it is worked on as if it had come alone', status, 'pending');
    // Five working days from its own receipt on 2 March.
    this.show('and is due from its own receipt', dueAt, '2026-03-09T09:00:00.000Z');
    yield round('accepted', () => gateway.command(lampOfficer, follower.caseId, 'accept', {}));
    yield round('and remedied', () =>
      gateway.command(lampOfficer, follower.caseId, 'resolve', { outcome: 'remedied' }),
    );
    const { outcome } = await gateway.caseFile(auditor, follower.caseId);
    this.show('the second ends by itself', outcome, 'remedied');
    this.tell('One of two reports of a lamp was withdrawn; the other went on as its own case, from its own day.');
  }

  private receipt(of: Receipt | undefined): Receipt {
    if (of === undefined) throw new Error('nothing was handed in');
    return of;
  }

  private both(deed: (caseId: string) => Promise<unknown>): Promise<unknown> {
    return Promise.all([this.receipt(this.first), this.receipt(this.second)].map(({ caseId }) => deed(caseId)));
  }
}
