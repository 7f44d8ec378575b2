import { programToken, tokenFor } from '@garda/service';
import { decodeJwt } from 'jose';
import type { Instance, Program } from './instance';

/** Access tokens of programs and demo persons, asked for once and again shortly before they end. */
export class Tokens {
  private readonly held = new Map<string, Promise<string>>();

  constructor(private readonly instance: Instance) {}

  program(name: Program): Promise<string> {
    const { urls } = this.instance;
    const ask = () => programToken({ issuer: urls.identity, program: name, secret: this.instance.clientSecret(name) });
    return this.get(`program ${name}`, ask);
  }

  /** A demo person's, by authorisation code with PKCE as a browser would get it. */
  person(id: string): Promise<string> {
    return this.get(`person ${id}`, () => tokenFor({ issuer: this.instance.urls.identity, personId: id }));
  }

  private async get(key: string, make: () => Promise<string>): Promise<string> {
    const known = await this.held.get(key);
    if (known !== undefined && !endsSoon(known)) return known;
    const fresh = make();
    this.held.set(key, fresh);
    try {
      return await fresh;
    } catch (error) {
      this.held.delete(key);
      throw error;
    }
  }
}

function endsSoon(token: string): boolean {
  return (decodeJwt(token).exp ?? 0) * 1000 - Date.now() < 20_000;
}
