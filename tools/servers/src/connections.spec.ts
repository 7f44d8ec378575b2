import { existingServers } from './connections';

const urls = {
  DATABASE_URL_INTAKE: 'postgres://a/intake',
  DATABASE_URL_ROUTING: 'postgres://a/routing',
  DATABASE_URL_RESOLUTION: 'postgres://a/resolution',
  DATABASE_URL_GATEWAY: 'postgres://a/gateway',
};

describe('existing servers', () => {
  it('are none when the environment names none', () => {
    expect(existingServers({})).toEqual({});
  });

  it('are databases with or without an owner to migrate them', () => {
    const { databases } = existingServers({ ...urls, DATABASE_OWNER_URL_INTAKE: 'postgres://owner/intake' });
    expect(databases?.intake).toEqual({ app: 'postgres://a/intake', owner: 'postgres://owner/intake' });
    expect(databases?.gateway).toEqual({ app: 'postgres://a/gateway' });
  });

  it('are refused when only some databases are named', () => {
    expect(() => existingServers({ ...urls, DATABASE_URL_GATEWAY: undefined })).toThrow(
      /DATABASE_URL_GATEWAY must be set too/,
    );
  });

  it('are brokers with a login per service', () => {
    const { kafka } = existingServers({
      KAFKA_BROKERS: 'one:9092,two:9092',
      KAFKA_SSL: 'true',
      KAFKA_USERNAME_INTAKE: 'garda-intake',
      KAFKA_PASSWORD_INTAKE: 'its own',
    });
    expect(kafka).toMatchObject({ brokers: 'one:9092,two:9092', ssl: 'true' });
    expect(kafka?.users.intake).toEqual({ username: 'garda-intake', password: 'its own' });
  });
});
