import { Brackets, type DataSource } from 'typeorm';
import { PublicCaseRow, PublicUpdateRow } from './public.entities';

export interface CaseQuery {
  readonly numbers?: readonly string[] | undefined;
  readonly standards: readonly string[];
  readonly statuses: readonly ('open' | 'closed')[];
  readonly window: { readonly from: Date; readonly to: Date };
  readonly limit: number;
  readonly offset: number;
}

/** Questions about public cases. A number that is asked for by name overrides every other condition. */
export class PublicCases {
  constructor(private readonly source: DataSource) {}

  byNumber(number: string): Promise<PublicCaseRow | null> {
    return this.source.getRepository(PublicCaseRow).findOneBy({ number });
  }

  /** Newest first; the number settles the order of cases of one moment, so that pages neither miss nor repeat one. */
  find(query: CaseQuery): Promise<PublicCaseRow[]> {
    const found = this.source.getRepository(PublicCaseRow).createQueryBuilder('c');
    if (query.numbers !== undefined) found.where('c.number = any(:numbers)', { numbers: query.numbers });
    else {
      found.where('c.requestedAt between :from and :to', query.window);
      if (query.standards.length > 0) found.andWhere('c.standard = any(:standards)', { standards: query.standards });
      if (query.statuses.length > 0) found.andWhere('c.status = any(:statuses)', { statuses: query.statuses });
    }
    return found
      .orderBy('c.requestedAt', 'DESC')
      .addOrderBy('c.number')
      .limit(query.limit)
      .offset(query.offset)
      .getMany();
  }

  /** In the order in which they became public. */
  updates(query: Pick<CaseQuery, 'numbers' | 'window' | 'limit' | 'offset'>): Promise<PublicUpdateRow[]> {
    const { numbers, window } = query;
    return this.source
      .getRepository(PublicUpdateRow)
      .createQueryBuilder('u')
      .where(
        new Brackets((where) =>
          numbers === undefined
            ? where.where('u.at between :from and :to', window)
            : where.where('u.number = any(:numbers)', { numbers }),
        ),
      )
      .orderBy('u.at')
      .addOrderBy('u.position')
      .limit(query.limit)
      .offset(query.offset)
      .getMany();
  }

  notesOf(numbers: readonly string[]): Promise<PublicUpdateRow[]> {
    return this.source
      .getRepository(PublicUpdateRow)
      .createQueryBuilder('u')
      .where('u.number = any(:numbers)', { numbers })
      .orderBy('u.at')
      .addOrderBy('u.position')
      .getMany();
  }
}
