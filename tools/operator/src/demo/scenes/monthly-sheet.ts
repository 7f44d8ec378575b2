import { monthSheet, monthTable } from '../../commands/reports';
import { clock, type Story } from '../../stories/step';
import { Scene } from '../../stories/scene';
import { districtHead, roadHead } from '../people';

const district = 'kec-33.25.10';
const tulis = 'desa-33.25.10.2007';

/** What a district head reads once a month: what came in, in time or not, and who carried it. */
export class MonthlySheet extends Scene {
  readonly title = 'The monthly sheet of the district head';

  async *play(): Story {
    const { gateway } = this.doors;
    yield clock('2026-04-10T08:00:00+07:00', 'March is over');
    const sheet = await monthSheet(gateway, districtHead, { unit: district, month: '2026-03' });
    const village = sheet.rows.find(({ unit }) => unit.code === tulis);
    // By hand: three letters online and a family card of the table; two family cards, a late letter and a cover letter here.
    this.show('what Tulis received in March', village?.cases.received, 8);
    this.show('what it carried: cases, trips, kilometres, rupiah', Object.values(carried(village?.errands)), [
      ...[2, 1, 14, 20_000],
    ]);
    this.show('one row for the district and each of its villages', sheet.rows.length, 18);
    const stranger = await this.refused(() => monthSheet(gateway, roadHead, { unit: district, month: '2026-03' }));
    this.show('and not for the head of another house', stranger, 'NOT_YOUR_UNIT');
    const table = monthTable({ ...sheet, rows: sheet.rows.filter(({ cases }) => cases.received > 0) });
    this.tell('What every village received, did in time and carried at its own cost, on one page:');
    this.tell(table);
  }
}

function carried(errands: { cases: number; trips: number; kilometres: number; cost: number } | undefined) {
  return { cases: errands?.cases, trips: errands?.trips, kilometres: errands?.kilometres, cost: errands?.cost };
}
