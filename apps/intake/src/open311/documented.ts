import { applyDecorators } from '@nestjs/common';
import { ApiBody, ApiConsumes, ApiOperation, ApiProduces, ApiQuery } from '@nestjs/swagger';

const parameters = {
  jurisdiction_id: 'Optional, for there is one; another one is not found',
  service_request_id: 'Numbers, separated by commas; overrides every other argument',
  service_code: 'Codes, separated by commas',
  start_date: 'W3C date with time and zone; at most 90 days before end_date',
  end_date: 'W3C date with time and zone',
  status: 'open, closed, or both',
  page: 'From 1',
  page_size: 'At most 1000, which is also the default',
  extensions: '`true` adds extended_attributes and notes',
} as const;
type Parameter = keyof typeof parameters;

export const listing = [
  'jurisdiction_id',
  'service_request_id',
  'start_date',
  'end_date',
  'page',
  'page_size',
] as const;

/** For the reference page: what a route is for and which parameters it takes. */
export function Asks(summary: string, ...names: readonly Parameter[]): MethodDecorator {
  return applyDecorators(
    ApiOperation({ summary }),
    ApiProduces('text/xml', 'application/json'),
    ...names.map((name) => ApiQuery({ name, required: false, type: String, description: parameters[name] })),
  );
}

const text = { type: 'string' } as const;
const fields = ['api_key', 'service_code', 'jurisdiction_id', 'lat', 'long', 'address_id', 'address_string'] as const;
const more = [
  'description',
  'first_name',
  'last_name',
  'email',
  'phone',
  'media_url',
  'attribute[code]',
  'extensions',
] as const;

/** The form of a report. */
export function Reports(): MethodDecorator {
  return applyDecorators(
    ApiOperation({
      summary: 'Report something; needs an API key and one of lat with long, address_id, address_string',
    }),
    ApiConsumes('application/x-www-form-urlencoded'),
    ApiProduces('text/xml', 'application/json'),
    ApiBody({
      schema: {
        type: 'object',
        required: ['api_key', 'service_code'],
        properties: Object.fromEntries([...fields, ...more].map((name) => [name, text])),
      },
    }),
  );
}
