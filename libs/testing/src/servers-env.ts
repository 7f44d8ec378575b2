/** Where the servers for tests are; `npm test` starts them and sets these variables. */
export interface TestKafka {
  readonly brokers: string[];
  readonly username: string;
  readonly password: string;
}

export function testPostgres(): string {
  return needed('GARDA_TEST_PG');
}

/** The principal `admin`, who may do everything. */
export function testKafka(): TestKafka {
  return {
    brokers: needed('GARDA_TEST_KAFKA').split(','),
    username: needed('GARDA_TEST_KAFKA_USER'),
    password: needed('GARDA_TEST_KAFKA_PASSWORD'),
  };
}

/** The password of another principal: a service or the analyst, with the rights it has in a real system. */
export function testPrincipal(username: string): TestKafka {
  const passwords = JSON.parse(needed('GARDA_TEST_KAFKA_SECRETS')) as Readonly<Record<string, string>>;
  const password = passwords[username];
  if (password === undefined) {
    throw new Error(`There is no Kafka principal "${username}" on the servers for tests.`);
  }
  return { ...testKafka(), username, password };
}

function needed(name: string): string {
  const value = process.env[name];
  if (value === undefined || value === '') {
    throw new Error(
      `This spec needs real servers (${name} is not set). Run it by \`node tools/test.mjs PATH\`, ` +
        'or start servers by `node tools/test.mjs --servers` and export what it prints.',
    );
  }
  return value;
}
