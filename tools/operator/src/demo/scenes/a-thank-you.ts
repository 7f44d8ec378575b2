import { auditor, citizens, counter, kaliboyoHead, kaliboyoOfficer, quality, tulisOfficer } from '../people';
import type { Receipt } from '../../intake';
import { changedBetween, everythingReadOf } from '../../stories/bytes';
import { round, type Story } from '../../stories/step';
import { Scene } from '../../stories/scene';

const fee = { line: 'TERIMA-KASIH', amount: 50_000, billingCode: '000001' } as const;

/** Money that is no fee: refused by rule, by right, and declined on record. */
export class AThankYou extends Scene {
  readonly title = 'A thank-you of Rp 50 000';
  private district = '';
  private village = '';
  private elsewhere: Receipt | undefined;

  async *play(): Story {
    const { gateway } = this.doors;
    yield round('a recommendation is asked for at the district, a cover letter in Tulis', () => this.fileBoth());
    const { district, village } = this;
    yield round(
      'both files are complete',
      () => gateway.command(counter, district, 'accept', {}),
      () => gateway.command(tulisOfficer, village, 'accept', {}),
    );
    this.show(
      'a fee without a line of the tariff, at the district',
      await this.refused(() => gateway.command(counter, district, 'assess-fee', { ...fee, payBefore: '10wd' })),
      'TARIFF_LINE_UNKNOWN',
    );
    this.show(
      'the same in the village, where nobody may assess a fee at all',
      await this.refused(() => gateway.command(tulisOfficer, village, 'assess-fee', { ...fee, payBefore: '10wd' })),
      'RIGHT_MISSING',
    );
    yield round('the money is declined, and put on record', () =>
      gateway.command(counter, district, 'decline-gift', {
        gift: { kind: 'money', amount: fee.amount },
        words: 'Diberikan sebagai ucapan terima kasih.',
      }),
    );
    yield* this.finished();
    const { timeline } = await gateway.caseFile(auditor, district);
    this.show('that it was declined is on record', timeline.filter(({ type }) => type === 'GiftDeclined').length, 1);
    this.tell('Rp 50 000 were offered at the district counter: no tariff knows them, so they were declined on record.');
    yield* this.declared();
  }

  /** Elsewhere somebody paid, and says so: the page of the village stays as it is to the byte. */
  private async *declared(): Story {
    const { gateway, intake } = this.doors;
    yield round('at Kaliboyo a letter is asked for', async () => {
      this.elsewhere = await intake.submit({
        ...{ standard: 'DS-02', identity: 'named', content: 'private', person: citizens.tejo, area: '33.25.10.2004' },
        ...{ description: 'Surat domisili untuk bank.', attributes: { purpose: 'Membuka rekening' } },
      });
    });
    const { caseId, number, trackingCode = '' } = this.elsewhere ?? { caseId: '', number: '' };
    const citizen = { number, trackingCode };
    yield round('it is taken', () => gateway.command(kaliboyoOfficer, caseId, 'take', {}));
    yield round('and accepted', () => gateway.command(kaliboyoOfficer, caseId, 'accept', {}));
    yield round('the citizen reads his page', () => intake.page(citizen));
    const read = () => everythingReadOf(this.doors, { caseId, citizen, staff: [kaliboyoOfficer, kaliboyoHead] });
    const [before, watchedBefore] = [await read(), await gateway.declared(quality, caseId)];
    yield round('and declares that he paid for it', () =>
      intake.declarePayment(citizen, {
        ...{ amount: 50_000, to: 'village', forWhat: 'faster', paidOn: '2026-03-02', receipt: false },
        text: 'Katanya supaya cepat.',
      }),
    );
    const [after, watched] = [await read(), await gateway.declared(quality, caseId)];
    this.show('what of the page of the village changed', changedBetween(before, after), []);
    this.show('declared, as the quality unit reads it', [watchedBefore.declared, watched.declared], [0, fee.amount]);
    this.show('against what was assessed', [watched.assessed, watched.watched], [0, true]);
    this.tell('Elsewhere a citizen declared that he paid. The village reads what it read before, byte by byte;');
    this.tell(`the quality unit reads: declared Rp ${watched.declared}, assessed Rp ${watched.assessed}, watched.`);
    yield round('the letter is issued', () =>
      gateway.command(kaliboyoOfficer, caseId, 'issue-product', {
        ...{ partial: false, number: '470/044/2026', product: 'village_letter', signatory: 'kaliboyo.head' },
      }),
    );
    yield round('and granted', () => gateway.command(kaliboyoOfficer, caseId, 'resolve', { outcome: 'granted' }));
  }

  private async fileBoth(): Promise<void> {
    const flags = { identity: 'named', content: 'private', person: citizens.karno, description: 'Di loket.' } as const;
    const atDistrict = { standard: 'KC-01', area: '33.25.10', attributes: { subject: 'Izin keramaian' } };
    const atVillage = { standard: 'DS-01', area: '33.25.10.2007', attributes: { purpose: 'Melamar kerja' } };
    const { gateway } = this.doors;
    this.district = (await gateway.file(counter, { submission: { ...flags, ...atDistrict } })).caseId;
    this.village = (await gateway.file(tulisOfficer, { submission: { ...flags, ...atVillage } })).caseId;
  }

  private async *finished(): Story {
    const { gateway } = this.doors;
    const { district, village } = this;
    const letter = { partial: false, number: '503/044/2026' };
    yield round(
      'the recommendation and the letter are issued',
      () =>
        gateway.command(counter, district, 'issue-product', {
          ...{ ...letter, product: 'district_letter', signatory: 'kec-tulis.head' },
        }),
      () =>
        gateway.command(tulisOfficer, village, 'issue-product', {
          ...{ ...letter, product: 'village_letter', signatory: 'tulis.head' },
        }),
    );
    yield round(
      'and granted',
      () => gateway.command(counter, district, 'resolve', { outcome: 'granted' }),
      () => gateway.command(tulisOfficer, village, 'resolve', { outcome: 'granted' }),
    );
  }
}
