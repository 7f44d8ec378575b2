import { citizens, counter, districtHead, kaliboyoHead, kaliboyoOfficer, quality } from '../demo/people';
import type { CodeHolder, Receipt } from '../intake';
import { changedBetween, everythingReadOf, type Watched } from '../stories/bytes';
import { round, type Story } from '../stories/step';
import { Scene } from '../stories/scene';

const village = 'desa-33.25.10.2004';

/** A payment is declared: whoever handles the case can tell by nothing, whoever watches over money reads it. */
export class WhatNobodyHears extends Scene {
  readonly title = 'A declared payment that nobody at the desk hears of';
  private receipt: Receipt | undefined;

  async *play(): Story {
    const { intake } = this.doors;
    yield round('a letter is asked for at Kaliboyo', async () => {
      this.receipt = await intake.submit({
        ...{ standard: 'DS-02', identity: 'named', content: 'private', person: citizens.gito, area: '33.25.10.2004' },
        ...{ description: 'Saya perlu surat domisili.', attributes: { purpose: 'Melamar kerja' } },
      });
    });
    const { caseId, citizen } = this.filed();
    yield* this.begun(caseId, citizen);
    const desk: Watched = { caseId, citizen, staff: [kaliboyoOfficer, kaliboyoHead], unit: village };
    const above: Watched = { caseId, citizen, staff: [counter, districtHead] };
    const readAll = async () =>
      new Map([...(await everythingReadOf(this.doors, desk)), ...(await everythingReadOf(this.doors, above))]);
    const before = await readAll();
    this.show('read twice, everything is the same twice', changedBetween(before, await readAll()), []);
    const watched = await this.declared(caseId);
    yield round('the citizen declares what he paid, and reads it again', async () => {
      await intake.declarePayment(citizen, {
        ...{ amount: 50_000, to: 'village', forWhat: 'faster', paidOn: '2026-03-02', receipt: false },
        text: 'Diminta supaya cepat.',
      });
      await intake.payments(citizen);
    });
    this.show(
      'what desk, head, district and public can read is what it was',
      changedBetween(before, await readAll()),
      [],
    );
    const after = await this.declared(caseId);
    this.show('the quality unit reads it', [watched.declared, after.declared, after.watched], [0, 50_000, true]);
    const { items } = await intake.payments(citizen);
    this.show(
      'and the citizen, with his own words',
      items.map(({ text }) => text),
      ['Diminta supaya cepat.'],
    );
    this.tell(`${before.size} answers to the desk, its head, the district and the public: not one byte moved.`);
    yield* this.finished(caseId);
  }

  /** What reading his page tells him is a fact of its own: it comes before the comparison. */
  private async *begun(caseId: string, citizen: CodeHolder): Story {
    const { gateway, intake } = this.doors;
    yield round('and taken there', () => gateway.command(kaliboyoOfficer, caseId, 'take', {}));
    yield round('and accepted', () => gateway.command(kaliboyoOfficer, caseId, 'accept', {}));
    yield round('the citizen reads his page', () => intake.page(citizen));
  }

  private async *finished(caseId: string): Story {
    const { gateway } = this.doors;
    yield round('the letter is issued', () =>
      gateway.command(kaliboyoOfficer, caseId, 'issue-product', {
        ...{ partial: false, number: '470/090/2026', product: 'village_letter', signatory: 'kaliboyo.head' },
      }),
    );
    yield round('and granted', () => gateway.command(kaliboyoOfficer, caseId, 'resolve', { outcome: 'granted' }));
  }

  private declared(caseId: string) {
    return this.doors.gateway.declared(quality, caseId);
  }

  private filed(): { caseId: string; citizen: CodeHolder } {
    const { caseId, number, trackingCode } = this.receipt ?? {};
    if (caseId === undefined || number === undefined || trackingCode === undefined)
      throw new Error('nothing was filed');
    return { caseId, citizen: { number, trackingCode } };
  }
}
