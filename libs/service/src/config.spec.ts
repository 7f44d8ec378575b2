import { randomBytes } from 'node:crypto';
import { z } from 'zod';
import { baseEnv, ConfigError, databaseEnv, jwk, kafkaEnv, loadConfig, secret } from './config';

const schema = baseEnv.extend({ ...databaseEnv.shape, ...kafkaEnv.shape, GARDA_CODE_KEY: secret, GATEWAY: jwk });
const good = {
  GARDA_MODE: 'demo',
  PORT: '4001',
  DATABASE_URL: 'postgres://app@127.0.0.1/intake',
  KAFKA_BROKERS: '127.0.0.1:29092,127.0.0.2:29092',
  KAFKA_SSL: 'true',
  GARDA_CODE_KEY: randomBytes(32).toString('base64url'),
  GATEWAY: '{"kty":"OKP","crv":"Ed25519"}',
  LOG_LEVEL: '',
};
const wrongOf = (env: NodeJS.ProcessEnv, of: z.ZodType = schema): readonly string[] => {
  try {
    loadConfig(of, env);
  } catch (error) {
    if (error instanceof ConfigError) return error.wrong;
    throw error;
  }
  throw new Error('the configuration was accepted');
};

describe('the configuration', () => {
  it('is read into values, with defaults for what is absent or empty', () => {
    expect(loadConfig(schema, good)).toMatchObject({
      PORT: 4001,
      HOST: '127.0.0.1',
      LOG_LEVEL: 'info',
      KAFKA_BROKERS: ['127.0.0.1:29092', '127.0.0.2:29092'],
      KAFKA_SSL: true,
      GARDA_TOPIC_PARTITIONS: 4,
      GATEWAY: { kty: 'OKP' },
    });
  });

  it('names every wrong variable at once and shows no value', () => {
    const wrong = wrongOf({ GARDA_MODE: 'demo', PORT: 'x', DATABASE_URL: 'http://pass:word@x', GATEWAY: '{' });
    expect(wrong.map((line) => line.split(':', 1)[0]).sort()).toEqual([
      'DATABASE_URL',
      'GARDA_CODE_KEY',
      'GATEWAY',
      'KAFKA_BROKERS',
      'PORT',
    ]);
    expect(wrong).toContain('KAFKA_BROKERS: is missing');
    expect(wrong).not.toContain('PORT: is missing');
    expect(wrong).toContain('GATEWAY: is no JSON');
    expect(wrong.join()).not.toContain('word');
  });

  it('refuses a secret that is short or stands in an example', () => {
    expect(wrongOf({ ...good, GARDA_CODE_KEY: 'c2hvcnQ' })).toEqual([expect.stringContaining('at least 32 bytes')]);
    const example = `change-me-${randomBytes(32).toString('base64url')}`;
    expect(wrongOf({ ...good, GARDA_CODE_KEY: example })).toEqual([expect.stringContaining('from an example')]);
  });

  it('refuses in production what is for showing only', () => {
    const wrong = wrongOf({
      ...good,
      GARDA_MODE: 'production',
      GARDA_CLOCK_START: '2026-03-02T01:00:00Z',
      LOG_LEVEL: 'debug',
      OIDC_ISSUER: 'http://127.0.0.1:4004',
      GARDA_CLIENT_SECRETS: 'demo',
    });
    expect(wrong.map((line) => line.split(':', 1)[0])).toEqual([
      'GARDA_CLOCK_START',
      'LOG_LEVEL',
      'OIDC_ISSUER',
      'GARDA_CLIENT_SECRETS',
    ]);
    expect(loadConfig(schema, { ...good, GARDA_MODE: 'production' }).GARDA_MODE).toBe('production');
  });
});
