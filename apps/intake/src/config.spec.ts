import { randomBytes } from 'node:crypto';
import { ConfigError, loadConfig } from '@garda/service';
import { intakeEnv } from './config';

const secret = (): string => randomBytes(32).toString('base64url');
const least = {
  GARDA_MODE: 'production',
  PORT: '0',
  DATABASE_URL: 'postgres://localhost/intake',
  KAFKA_BROKERS: '127.0.0.1:9',
  GARDA_GATEWAY_PUBLIC_JWK: '{"kty":"OKP"}',
  GARDA_REQUEST_HASH_KEY: secret(),
  GARDA_MASTER_KEY: secret(),
  GARDA_CODE_KEY: secret(),
  GARDA_NUMBER_KEY: secret(),
  GARDA_OUTBOX: '/nowhere',
};
const http = {
  GARDA_MESSAGE_CHANNEL: 'http',
  GARDA_MESSAGE_URL: 'https://messages.example/send',
  GARDA_MESSAGE_KEY: secret(),
};
const wrong = (more: object): readonly string[] => {
  try {
    loadConfig(intakeEnv, { ...least, ...more });
  } catch (error) {
    if (error instanceof ConfigError) return error.wrong.map((line) => line.split(':')[0] ?? '');
    throw error;
  }
  return [];
};

describe('the configuration of the channel', () => {
  it('is the spool file unless told otherwise; over HTTP it needs an address and a key', () => {
    expect(loadConfig(intakeEnv, least).GARDA_MESSAGE_CHANNEL).toBe('file');
    expect(wrong(http)).toEqual([]);
    expect(wrong({ GARDA_MESSAGE_CHANNEL: 'http' })).toEqual(['GARDA_MESSAGE_URL', 'GARDA_MESSAGE_KEY']);
    expect(wrong({ GARDA_MESSAGE_CHANNEL: 'pigeon' })).toEqual(['GARDA_MESSAGE_CHANNEL']);
  });

  it('sends addresses of persons in clear to nobody but this machine, and carries no password', () => {
    expect(wrong({ ...http, GARDA_MESSAGE_URL: 'http://messages.example/send' })).toEqual(['GARDA_MESSAGE_URL']);
    expect(wrong({ ...http, GARDA_MESSAGE_URL: 'http://127.0.0.1:8080/send' })).toEqual([]);
    expect(wrong({ ...http, GARDA_MESSAGE_URL: 'https://me:it@messages.example/' })).toEqual(['GARDA_MESSAGE_URL']);
    expect(wrong({ ...http, GARDA_MESSAGE_KEY: 'secret' })).toContain('GARDA_MESSAGE_KEY');
  });
});
