import { runOperator } from '@garda/servers';
import { complaintStaff } from './complaints';
import { errandStaff } from './errands';
import { inspector } from './levy-reports';

/** Bearer tokens of everybody in the load, by a real sign-in; a token lasts for a quarter of an hour. */
export class Tokens {
  private held = new Map<string, string>();
  private madeAt = 0;

  constructor(private readonly folder: string) {}

  /** Signs everybody in again where the tokens grow old. */
  async refresh(): Promise<void> {
    if (Date.now() - this.madeAt < 7 * 60_000) return;
    const all = await Promise.all(
      [...complaintStaff, ...errandStaff, inspector].map(
        async (person) => [person, await this.signIn(person)] as const,
      ),
    );
    this.held = new Map(all);
    this.madeAt = Date.now();
  }

  of(person: string): string {
    const token = this.held.get(person);
    if (token === undefined) throw new Error(`${person} is not signed in`);
    return token;
  }

  private async signIn(person: string): Promise<string> {
    const { code, stdout, stderr } = await runOperator(this.folder, ['token', person], true);
    if (code !== 0) throw new Error(`no token for ${person}: ${stderr}`);
    return stdout.trim();
  }
}
