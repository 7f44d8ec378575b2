import type { ServiceStandard } from '@garda/contracts';
import type { SourceFile } from './source-file';

/**
 * Part C of the domain: a village letter costs nothing, a population document nothing but a penalty, and what has no
 * amount is not offered. That a line has a basis, a payee and a validity is its shape.
 */
export function checkTariff(file: SourceFile, standard: ServiceStandard, at: number): void {
  (standard.tariff ?? []).forEach((line, i) => {
    const path = ['standards', at, 'tariff', i];
    const free = standard.product === 'village_letter' || standard.product === 'population_document';
    const penalty = standard.product === 'population_document' && line.kind === 'penalty';
    if (free && !penalty)
      file.problem(
        [...path, 'line'],
        'FEE_NOT_ALLOWED',
        `${standard.code} is a ${standard.product ?? ''}: ${line.line} cannot be charged`,
        'take the line out',
      );
    const amount = line.kind === 'capped_cost' ? (line.ceiling ?? line.amount) : line.amount;
    if (standard.status === 'published' && line.enabled !== false && amount === undefined)
      file.problem(
        [...path, 'line'],
        'AMOUNT_MISSING',
        `${line.line} of ${standard.code} has no ${line.kind === 'capped_cost' ? 'ceiling' : 'amount'}`,
        'name it, set enabled: false, or leave the standard a concept',
      );
  });
}
