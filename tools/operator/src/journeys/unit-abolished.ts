import type { CatalogueBundle } from '@garda/contracts';
import { auditor, citizens, lampOfficer, quality } from '../demo/people';
import type { Who } from '../gateway';
import type { Receipt } from '../intake';
import { clock, round, type Story } from '../stories/step';
import { Scene } from '../stories/scene';
import type { JourneyDoors } from './journey-doors';

const successor = 'bag-organisasi';
const officer: Who = { person: 'bag-organisasi.officer' };
const head: Who = { person: 'bag-organisasi.head' };

/** The regent abolishes the quality unit: whoever waits for it is answered by the one that comes after it. */
export class UnitAbolished extends Scene {
  readonly title = 'A unit abolished by reform with open cases: UPKP2 and its successor';
  private taken = '';
  private fresh = '';
  private lamp: Receipt | undefined;

  constructor(protected override readonly doors: JourneyDoors) {
    super(doors);
  }

  async *play(): Story {
    const { gateway } = this.doors;
    yield clock('2026-06-08T08:00:00+07:00', 'a Monday in June');
    yield* this.before();
    this.show('the quality unit has both complaints', await this.units(), ['upkp2', 'upkp2']);
    this.show('and is to decide the dispute', await this.arbiter(), 'upkp2');
    yield round('the regent’s decree is published: the unit is no more', () =>
      gateway.publish(quality, reformed(this.doors.bundle)),
    );
    yield clock('2026-06-08T08:30:00+07:00', 'half an hour later');
    this.show('its successor has both complaints', await this.units(), [successor, successor]);
    this.show('and is to decide the dispute', await this.arbiter(), successor);
    const { timeline, routing } = await gateway.caseFile(auditor, this.taken);
    this.show('history keeps the old name', routing?.past, ['upkp2']);
    this.show('by one fact of its own', timeline.filter(({ type }) => type === 'CaseTransferred').length, 1);
    const take = (who: Who): Promise<string> => this.refused(() => gateway.command(who, this.fresh, 'take', {}));
    this.show('who was of the unit reads on', await this.refused(() => gateway.caseFile(quality, this.taken)), 'done');
    this.show('and works no more', await take(quality), 'UNIT_ENDED');
    yield* this.after();
  }

  /** Two complaints about an office, one of which is being worked on; and a decision that somebody objects to. */
  private async *before(): Story {
    const { gateway, intake } = this.doors;
    const complaint = {
      standard: 'UM-01',
      identity: 'named',
      content: 'private',
      person: citizens.suryo,
      attributes: { reported_unit: 'dpupr' },
    } as const;
    yield round('two citizens complain about an office, a third reports a lamp', async () => {
      this.taken = (await intake.submit({ ...complaint, description: 'Tidak dilayani.' })).caseId;
      this.fresh = (await intake.submit({ ...complaint, description: 'Loket tutup.' })).caseId;
      this.lamp = await intake.submit({
        ...{ standard: 'HB-01', identity: 'none', content: 'public', description: 'Lampu padam.' },
        ...{ objectPlace: { areaCode: '33.25.10.2007' }, attributes: { road_class: 'regency', since: '1 malam' } },
      });
    });
    yield round('the first is taken, and so is the lamp', async () => {
      await gateway.command(quality, this.taken, 'take', {});
      await gateway.command(lampOfficer, this.of.caseId, 'take', {});
    });
    yield round('both are begun', async () => {
      await gateway.command(quality, this.taken, 'accept', {});
      await gateway.command(lampOfficer, this.of.caseId, 'accept', {});
    });
    yield round('the lamp is said to be mended', () =>
      gateway.command(lampOfficer, this.of.caseId, 'resolve', { outcome: 'remedied' }),
    );
    yield round('which it is not', async () => {
      const { number, trackingCode = '' } = this.of;
      await intake.page({ number, trackingCode });
      await intake.dispute({ number, trackingCode }, { reason: 'Masih padam.' });
    });
  }

  private async *after(): Story {
    const { gateway } = this.doors;
    yield round('the successor takes both', async () => {
      for (const caseId of [this.taken, this.fresh]) await gateway.command(officer, caseId, 'take', {});
    });
    yield round('and begins', async () => {
      for (const caseId of [this.taken, this.fresh]) await gateway.command(officer, caseId, 'accept', {});
    });
    yield round('it decides them', async () => {
      for (const caseId of [this.taken, this.fresh])
        await gateway.command(officer, caseId, 'resolve', { outcome: 'unfounded' });
    });
    yield round('and its head the dispute', () =>
      gateway.command(head, this.of.caseId, 'decide-dispute', { result: 'upheld', words: 'Lampu belum menyala.' }),
    );
    const [one, two, lamp] = await Promise.all(
      [this.taken, this.fresh, this.of.caseId].map((caseId) => gateway.caseFile(auditor, caseId)),
    );
    this.show('both complaints are decided', [one?.outcome, two?.outcome], ['unfounded', 'unfounded']);
    this.show('and the lamp is worked on again', [lamp?.status, lamp?.routing?.unit], ['pending', 'dishub']);
    this.tell('The unit is no more, and nobody who waited for it had to ask twice.');
  }

  private get of(): Receipt {
    if (this.lamp === undefined) throw new Error('nothing was handed in');
    return this.lamp;
  }

  private async units(): Promise<readonly unknown[]> {
    const files = [this.taken, this.fresh].map((caseId) => this.doors.gateway.caseFile(auditor, caseId));
    return (await Promise.all(files)).map(({ routing }) => routing?.unit);
  }

  /** Who is named to decide the dispute: the unit whose people it is shown to. */
  private async arbiter(): Promise<string | undefined> {
    const { dispute } = await this.doors.gateway.caseFile(auditor, this.of.caseId);
    return dispute?.to;
  }
}

/** The successor is of the unit's kind and has its functions; from today on it has its cases. */
function reformed(bundle: CatalogueBundle): CatalogueBundle {
  const { kind, functions } = bundle.units.find(({ code }) => code === 'upkp2') ?? { kind: 'quality', functions: [] };
  const units = bundle.units.map((unit) =>
    unit.code === successor
      ? { ...unit, version: unit.version + 1, kind, functions: [...unit.functions, ...functions] }
      : unit,
  );
  return { ...bundle, units, endings: [{ unit: 'upkp2', successor, on: '2026-06-08' }] };
}
