import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { checkout } from './folders';
import { coordinatesOf } from './kafka-jars';

it('what jgo is asked for is what our pom.xml says', () => {
  expect(coordinatesOf(readFileSync(join(checkout, 'docker', 'kafka', 'pom.xml'), 'utf8'))).toEqual([
    'org.apache.kafka:kafka_2.13:4.3.1',
    'org.apache.kafka:kafka-tools:4.3.1',
    'org.slf4j:slf4j-simple:1.7.36',
  ]);
});
