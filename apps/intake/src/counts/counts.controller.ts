import { Controller, Get, Header, Headers, Inject } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiProduces, ApiTags } from '@nestjs/swagger';
import { leastShown } from '@garda/domain';
import { languageOf, Public } from '@garda/service';
import { createZodDto } from 'nestjs-zod';
import { z } from 'zod';
import { PublishedCounts, type CountsOf } from './published-counts';

const count = z.number().int().nullable().meta({ description: 'null: not shown' });
const named = z.object({ code: z.string(), name: z.string() });
const counts = z.object({
  standard: named.optional(),
  years: z.array(z.string()),
  districts: z.array(named.extend({ counts: z.array(count), total: count })),
  totals: z.array(count),
  total: count,
});
const least = z
  .number()
  .int()
  .meta({ description: 'No number below this is shown, nor one that would give such a one away' });
type Counts = z.infer<typeof counts>;
class CaseCountsDto extends createZodDto(z.object({ least, items: z.array(counts) })) {}
class LevyCountsDto extends createZodDto(counts.extend({ least })) {}

const csv = 'text/csv; charset=utf-8; header=present';

/** How many cases there were, by standard, district and year: for everybody, and for years that are over. */
@ApiTags('counts')
@Public()
@Controller('counts')
export class CountsController {
  constructor(@Inject(PublishedCounts) private readonly published: PublishedCounts) {}

  @Get('cases')
  @ApiOperation({ summary: 'Cases by standard, district and year, of years that are over; small numbers are hidden' })
  @Header('vary', 'accept-language')
  @ApiOkResponse({ type: CaseCountsDto })
  async cases(@Headers('accept-language') languages: string | undefined): Promise<CaseCountsDto> {
    return { least: leastShown, items: (await this.published.cases(languageOf(languages))).map(bodyOf) };
  }

  @Get('cases.csv')
  @ApiOperation({ summary: 'The same as CSV; an empty count is not shown' })
  @ApiProduces('text/csv')
  @ApiOkResponse({ schema: { type: 'string' } })
  @Header('content-type', csv)
  async casesCsv(): Promise<string> {
    return csvOf(['standard', 'district', 'year', 'count'], (await this.published.cases('id')).flatMap(linesOf));
  }

  @Get('levy')
  @ApiOperation({ summary: 'Reports of illegal levies by district and year, of years that are over' })
  @ApiOkResponse({ type: LevyCountsDto })
  async levy(): Promise<LevyCountsDto> {
    return { least: leastShown, ...bodyOf(await this.published.levy()) };
  }

  @Get('levy.csv')
  @ApiOperation({ summary: 'The same as CSV; an empty count is not shown' })
  @ApiProduces('text/csv')
  @ApiOkResponse({ schema: { type: 'string' } })
  @Header('content-type', csv)
  async levyCsv(): Promise<string> {
    return csvOf(['district', 'year', 'count'], linesOf(await this.published.levy()));
  }
}

function bodyOf({ standard, districts, table }: CountsOf): Counts {
  return {
    ...(standard === undefined ? {} : { standard }),
    years: [...table.columns],
    districts: districts.map((district, row) => ({
      ...district,
      ...{ counts: [...(table.counts[row] ?? [])], total: table.rowTotals[row] ?? null },
    })),
    totals: [...table.columnTotals],
    total: table.total,
  };
}

type Cell = string | number | null;

/** One line a district and year, and the totals: of a district, of a year, of all. */
function linesOf({ standard, table }: CountsOf): Cell[][] {
  const first: Cell[] = standard === undefined ? [] : [standard.code];
  const { rows, columns, counts: cells, rowTotals, columnTotals, total } = table;
  return [
    ...rows.flatMap((row, at) => [
      ...columns.map((column, year) => [...first, row, column, cells[at]?.[year] ?? null]),
      [...first, row, 'total', rowTotals[at] ?? null],
    ]),
    ...columns.map((column, year) => [...first, 'total', column, columnTotals[year] ?? null]),
    [...first, 'total', 'total', total],
  ];
}

/** Codes and numbers alone: nothing in it needs a quotation mark. */
function csvOf(header: readonly string[], lines: readonly Cell[][]): string {
  return [header, ...lines].map((line) => line.map((cell) => cell ?? '').join(',') + '\r\n').join('');
}
