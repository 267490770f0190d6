/**
 * The description of the API (docs/openapi.yaml), and whether an answer is as it says.
 *
 * Only what that file uses of JSON Schema is understood here. An answer may not say more than is
 * described: what nobody wrote down, other programs can't rely on.
 */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { parse } from 'yaml';

export interface Schema {
  $ref?: string;
  type?: string | string[];
  enum?: unknown[];
  const?: unknown;
  pattern?: string;
  required?: string[];
  properties?: Record<string, Schema>;
  items?: Schema;
  anyOf?: Schema[];
  allOf?: Schema[];
}

export interface Described {
  $ref?: string;
  description?: string;
  content?: Record<string, { schema: Schema }>;
}

export interface Operation {
  operationId: string;
  summary: string;
  security?: unknown[];
  parameters?: { $ref?: string; name?: string; in?: string; schema?: Schema }[];
  requestBody?: Described;
  responses: Record<string, Described>;
}

export type PathItem = Record<string, Operation> & {
  parameters?: { $ref?: string; name?: string; in?: string; schema?: Schema }[];
};

export const openapi = parse(readFileSync('docs/openapi.yaml', 'utf8'), { strict: true, uniqueKeys: true }) as {
  openapi: string;
  paths: Record<string, PathItem>;
  components: Record<string, Record<string, unknown>>;
};

/** What a reference stands for; itself where it is none. */
export function resolved<T extends { $ref?: string }>(thing: T): T {
  if (thing.$ref === undefined) return thing;
  let found: unknown = openapi;
  for (const part of thing.$ref.replace(/^#\//, '').split('/'))
    found = (found as Record<string, unknown> | undefined)?.[part];
  assert.ok(found !== undefined, `${thing.$ref} leads nowhere`);
  return resolved(found as T);
}

/** A schema with its allOf laid into it. */
function whole(schema: Schema): Schema {
  const { allOf = [], ...own } = resolved(schema);
  return [...allOf.map(whole), own].reduce<Schema>((all, part) => {
    const properties = { ...all.properties, ...part.properties };
    return {
      ...all,
      ...part,
      required: [...(all.required ?? []), ...(part.required ?? [])],
      ...(Object.keys(properties).length > 0 ? { properties } : {}),
    };
  }, {});
}

function typeOf(value: unknown): string {
  if (value === null) return 'null';
  if (Array.isArray(value)) return 'array';
  return Number.isInteger(value) ? 'integer' : typeof value;
}

/** What is wrong with a value, or '' when it is as described. */
export function wrongness(value: unknown, described: Schema, place = 'body'): string {
  const schema = whole(described);
  if (schema.anyOf !== undefined) {
    const wrongs = schema.anyOf.map((each) => wrongness(value, each, place));
    return wrongs.includes('') ? '' : (wrongs[0] ?? '');
  }
  if ('const' in schema) return value === schema.const ? '' : `${place} is not ${JSON.stringify(schema.const)}`;
  if (schema.enum !== undefined) return schema.enum.includes(value) ? '' : `${place} is ${JSON.stringify(value)}`;

  const types = [schema.type ?? []].flat();
  const is = typeOf(value);
  if (types.length > 0 && !types.includes(is) && !(is === 'integer' && types.includes('number')))
    return `${place} is ${is}, not ${types.join(' or ')}`;
  if (schema.pattern !== undefined && !new RegExp(schema.pattern).test(String(value)))
    return `${place} is not like ${schema.pattern}`;
  if (Array.isArray(value))
    return (
      value.map((item, i) => wrongness(item, schema.items ?? {}, `${place}[${i}]`)).find((wrong) => wrong !== '') ?? ''
    );
  return is === 'object' ? wrongMember(value as Record<string, unknown>, schema, place) : '';
}

function wrongMember(object: Record<string, unknown>, schema: Schema, place: string): string {
  const missing = (schema.required ?? []).find((name) => !(name in object));
  if (missing !== undefined) return `${place}.${missing} is missing`;
  for (const [name, value] of Object.entries(object)) {
    const described = schema.properties?.[name];
    if (described === undefined && schema.properties !== undefined) return `${place}.${name} is not described`;
    const wrong = described === undefined ? '' : wrongness(value, described, `${place}.${name}`);
    if (wrong !== '') return wrong;
  }
  return '';
}

/** That an answer is one of those described for a call, down to its last field. */
export function conforms(method: string, path: string, status: number, type: string, body: unknown): void {
  const operation = openapi.paths[path]?.[method.toLowerCase()];
  assert.ok(operation !== undefined, `${method} ${path} is not described`);
  const response = operation.responses[String(status)] ?? (status >= 400 ? operation.responses['default'] : undefined);
  assert.ok(response !== undefined, `${method} ${path}: an answer ${status} is not described`);
  const { content } = resolved(response);
  if (content === undefined) return;
  const media = content[type];
  assert.ok(media !== undefined, `${method} ${path} ${status}: ${type} is not described`);
  assert.equal(wrongness(body, media.schema), '', `${method} ${path} ${status}: ${JSON.stringify(body)}`);
}
