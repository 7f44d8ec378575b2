import { citizens, quality } from '../demo/people';
import { HttpError } from '../http';
import type { Who } from '../gateway';
import { clock, round, type Story } from '../stories/step';
import { Scene } from '../stories/scene';

const village: readonly Who[] = [{ person: 'tulis.officer' }, { person: 'tulis.head' }];
const stranger: Who = { person: 'dpupr.head' };

/** A complaint about a village head: his own line reads nothing of it, and hears of no silence about it. */
export class AboutTheHead extends Scene {
  readonly title = 'A complaint about the village head';
  private caseId = '';

  async *play(): Story {
    const { gateway, intake } = this.doors;
    const before = await this.inboxes();
    yield round('a citizen complains about the head of Tulis, and withholds the name', async () => {
      const receipt = await intake.submit({
        ...{ standard: 'UM-01', identity: 'withheld', content: 'private', person: citizens.joyo },
        description: 'Kepala desa tidak pernah di kantor.',
        attributes: { reported_unit: 'desa-33.25.10.2007' },
      });
      this.caseId = receipt.caseId;
    });
    const whoMayNot = await Promise.all([...village, stranger].map((who) => this.reads(who)));
    this.show('who is complained about, and who is a stranger to it, read nothing', whoMayNot, [
      ...['UNIT_IS_REPORTED', 'UNIT_IS_REPORTED', 'NOT_YOUR_UNIT'],
    ]);
    this.show('the quality unit reads it', await this.reads(quality), 'done');
    yield clock('2026-03-06T08:00:00+07:00', 'nobody has taken it for three days');
    const { escalations } = await gateway.caseFile(quality, this.caseId);
    this.show('whom silence is told to', escalations.map(({ to }) => to).includes('desa-33.25.10.2007'), false);
    this.show('the lists of the village are what they were', await this.inboxes(), before);
    this.tell(
      'The village, whose head it is about, could read nothing of it, not even that there is something to read.',
    );
  }

  private reads(who: Who): Promise<string> {
    return this.refused(() => this.doors.gateway.caseFile(who, this.caseId));
  }

  /** What the people of the village see of all cases: how many, and which, of this standard. */
  private async inboxes(): Promise<readonly string[]> {
    return Promise.all(
      village.map(async (who) => {
        const { json } = await this.doors.gateway.get(who, '/inbox?standard=UM-01').catch((error: unknown) => {
          if (error instanceof HttpError) return { json: error.code };
          throw error;
        });
        return JSON.stringify((json as { items?: unknown }).items ?? json);
      }),
    );
  }
}
