import type { ByUnit } from './counts';
import type { CaseCounts, ErrandCounts, ErrandsReport, MonthSheet, PaperCounts, ReportQuery } from './report.body';

interface Named {
  readonly code: string;
  readonly name: string;
}
/** Whose report it is, and the units of its rows in their order. */
export interface Frame {
  readonly month: ReportQuery['month'];
  readonly unit: Named;
  readonly units: readonly Named[];
}
export interface ErrandParts {
  readonly trips: ByUnit<Omit<ErrandCounts, 'saved'>>;
  readonly saved: ByUnit<Pick<ErrandCounts, 'saved'>>;
}
/** What the sheet is put together from. Another part, such as whose share of the time it was, is one more of these. */
export interface SheetParts extends ErrandParts {
  readonly cases: ByUnit<CaseCounts>;
  readonly papers: ByUnit<PaperCounts>;
}

const noCases: CaseCounts = { received: 0, onTime: 0, late: 0, open: 0, overdue: 0, withdrawn: 0 };
const noPapers: PaperCounts = { onTheWay: 0, missing: 0 };
const noTrips = { trips: 0, approved: 0, cases: 0, kilometres: 0, cost: 0 };
const noSaved = { saved: 0 };

/** The report `errands`: what a village needs when it asks for means (domain, A 1). */
export function errandsOf(frame: Frame, parts: ErrandParts): ErrandsReport {
  return inFrame(frame, (unit) => errandsAt(unit, parts));
}

/** The monthly sheet of a head. */
export function sheetOf(frame: Frame, parts: SheetParts): MonthSheet {
  return inFrame(frame, (unit) => ({
    cases: parts.cases.get(unit) ?? noCases,
    papers: parts.papers.get(unit) ?? noPapers,
    errands: errandsAt(unit, parts),
  }));
}

function errandsAt(unit: string | null, { trips, saved }: ErrandParts): ErrandCounts {
  return { ...(trips.get(unit) ?? noTrips), ...(saved.get(unit) ?? noSaved) };
}

/** A row for each unit, also where there was nothing: that a village carried nothing is an answer too. */
function inFrame<C>({ month, unit, units }: Frame, countsOf: (unit: string | null) => C) {
  const rows = units.map((one) => ({ unit: one, ...countsOf(one.code) }));
  return { month, unit, rows, total: countsOf(null) };
}
