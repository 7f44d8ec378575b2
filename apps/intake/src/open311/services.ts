import type { AttributeDefinition, ServiceStandard } from '@garda/contracts';
import type { Language } from '@garda/service';
import { list, type Fields, type Node } from './format';

/** FixMyStreet's own id of a report: with it, a report sent twice is one case (its clients send no Idempotency-Key). */
export const SENDER_ID = 'fixmystreet_id';

/** FixMyStreet leaves out services that share a name: then the code makes the difference. */
function nameOf(standard: ServiceStandard, all: readonly ServiceStandard[], language: Language): string {
  const name = standard.words[language];
  const twins = all.filter((other) => other.words[language] === name);
  return twins.length > 1 ? `${name} (${standard.code})` : name;
}

export function serviceNames(all: readonly ServiceStandard[], language: Language): ReadonlyMap<string, string> {
  return new Map(all.map((standard) => [standard.code, nameOf(standard, all, language)]));
}

export function serviceNode(standard: ServiceStandard, name: string): Fields {
  return {
    service_code: standard.code,
    service_name: name,
    description: name,
    metadata: true,
    type: 'realtime',
    // Readers split at the bare comma.
    keywords: standard.keywords.map((word) => word.replaceAll(',', ' ')).join(','),
    group: standard.group ?? null,
  };
}

/** What the standard asks, and the sender's own id, which no person is asked for. */
export function definitionNode(standard: ServiceStandard, language: Language): Fields {
  const asked = [...standard.attributes]
    .sort((a, b) => a.order - b.order)
    .map((a, i) => attributeNode(a, i + 1, language));
  const own: Fields = {
    variable: true,
    code: SENDER_ID,
    datatype: 'string',
    required: false,
    datatype_description: null,
    order: asked.length + 1,
    description: 'The id of the report at the sender',
    automated: 'server_set',
  };
  return { service_code: standard.code, attributes: list('attribute', [...asked, own]) };
}

function attributeNode(attribute: AttributeDefinition, order: number, language: Language): Node {
  const { code, datatype, required, values } = attribute;
  return {
    variable: true,
    code,
    datatype,
    required,
    datatype_description: null,
    order,
    description: attribute.words[language],
    // `values: null` fails the published schemas: left out where there are none.
    ...(values.length === 0
      ? {}
      : {
          values: list(
            'value',
            values.map(({ key, words }) => ({ key, name: words[language] })),
          ),
        }),
  };
}
