import { isDeepStrictEqual } from 'node:util';
import type { Gateway, Who } from '../gateway';
import type { Intake } from '../intake';
import type { Story } from './step';
import { HttpError } from '../http';

/** The two doors of the house: all that a scene has. */
export interface Doors {
  readonly gateway: Gateway;
  readonly intake: Intake;
}

/** Something that the scene is there to show, against what was expected by hand. */
export interface Shown {
  readonly what: string;
  readonly expected: string;
  readonly seen: string;
  readonly right: boolean;
}

/** A story that shows something (of the domain's part G, or a journey): words for people, and what was shown. */
export abstract class Scene {
  abstract readonly title: string;
  readonly told: string[] = [];
  readonly shown: Shown[] = [];

  constructor(protected readonly doors: Doors) {}

  /** How much of it was shown otherwise than expected. */
  get wrong(): number {
    return this.shown.filter(({ right }) => !right).length;
  }

  /** What happens in it, as persons would do it over HTTP. */
  abstract play(): Story;

  protected tell(words: string): void {
    this.told.push(words);
  }

  protected show(what: string, seen: unknown, expected: unknown): void {
    const words = (value: unknown): string => (typeof value === 'string' ? value : JSON.stringify(value));
    this.shown.push({ what, expected: words(expected), seen: words(seen), right: isDeepStrictEqual(seen, expected) });
  }

  /** What a case asks of somebody's desk, as his inbox says. */
  protected async tasksOf(who: Who, of: string): Promise<readonly string[]> {
    const items = await this.doors.gateway.inbox(who, '?tasks=true');
    return items.filter(({ caseId }) => caseId === of).flatMap(({ tasks }) => tasks.map(({ what }) => what));
  }

  /** The code by which something is refused; `done` where it is not. */
  protected async refused(deed: () => Promise<unknown>): Promise<string> {
    try {
      await deed();
      return 'done';
    } catch (error) {
      if (error instanceof HttpError) return error.code;
      throw error;
    }
  }
}
