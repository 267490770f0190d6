/**
 * The description of the API against the route table. That answers are as described is tested where
 * they are given (areas/routes.ts).
 */
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { openapi, resolved, type Operation } from './support/openapi';
import { sampleOf } from './support/samples';
import { isOpen, nameOf, routes, type Route } from './support/table';

const methods = ['get', 'put', 'post', 'delete', 'patch'];

function operationOf(route: Route): Operation {
  const operation = openapi.paths[route.path]?.[route.method.toLowerCase()];
  assert.ok(operation !== undefined, `describe ${nameOf(route)} in docs/openapi.yaml`);
  return operation;
}

describe('the description of the API', () => {
  test('is of OpenAPI 3.1', () => assert.equal(openapi.openapi, '3.1.0'));

  test('has every route, and nothing that is no route', () => {
    const described = Object.entries(openapi.paths).flatMap(([path, item]) =>
      methods.filter((method) => method in item).map((method) => `${method.toUpperCase()} ${path}`),
    );
    assert.deepEqual(described.sort(), routes.map(nameOf).sort());
  });

  test('says of each route what it is for, in a line and under a name of its own', () => {
    const names = routes.map((route) => operationOf(route).operationId);
    assert.equal(new Set(names).size, names.length);
    for (const route of routes) assert.ok(operationOf(route).summary.length > 5, nameOf(route));
  });

  test('has the good answer of each route and its refusals', () => {
    for (const route of routes) {
      const { responses } = operationOf(route);
      const { status } = sampleOf(route);
      assert.ok(String(status) in responses || status >= 400, `${nameOf(route)}: ${status}`);
      if (route.path !== '/health') assert.ok('default' in responses || '503' in responses, nameOf(route));
    }
  });

  test('asks for a session just where the route does', () => {
    for (const route of routes) assert.equal(operationOf(route).security?.length === 0, isOpen(route), nameOf(route));
  });

  test('names the parameters of each path', () => {
    for (const route of routes) {
      const all = [...(openapi.paths[route.path]?.parameters ?? []), ...(operationOf(route).parameters ?? [])].map(
        resolved,
      );
      const named = all.filter((parameter) => parameter.in === 'path').map((parameter) => parameter.name);
      assert.deepEqual(
        named,
        [...route.path.matchAll(/\{(\w+)\}/g)].map((match) => match[1]),
        nameOf(route),
      );
    }
  });

  test('names the query parameters of each route', () => {
    for (const route of routes) {
      const all = [...(openapi.paths[route.path]?.parameters ?? []), ...(operationOf(route).parameters ?? [])].map(
        resolved,
      );
      const named = all.filter((parameter) => parameter.in === 'query').map((parameter) => parameter.name);
      assert.deepEqual(named.sort(), [...route.query].sort(), nameOf(route));
    }
  });

  test('has the filters of each list, with their words', () => {
    for (const route of routes.filter((each) => each.list !== undefined)) {
      const described = (operationOf(route).parameters ?? []).map(resolved);
      const filters = route.filters ?? [];
      const names = [
        'limit',
        'cursor',
        ...filters.map((filter) => filter.name),
        ...(route.fields === true ? ['fields'] : []),
      ];
      assert.deepEqual(described.map((parameter) => parameter.name).sort(), names.sort(), nameOf(route));
      for (const filter of filters) {
        const schema = resolved(described.find((parameter) => parameter.name === filter.name)?.schema ?? {});
        if (filter.kind === 'word')
          assert.deepEqual(schema.enum, filter.words?.split('|'), `${nameOf(route)} ${filter.name}`);
        if (filter.kind === 'truth') assert.equal(schema.type, 'boolean', `${nameOf(route)} ${filter.name}`);
      }
    }
  });

  test('has the body that each route reads, with each field of a good one', () => {
    for (const route of routes) {
      const sample = sampleOf(route).body;
      const { requestBody } = operationOf(route);
      assert.equal(requestBody !== undefined, sample !== undefined, nameOf(route));
    }
  });

  test('has no reference that leads nowhere and no component that nobody uses', () => {
    const text = JSON.stringify(openapi);
    const used = new Set([...text.matchAll(/"\$ref":"([^"]+)"/g)].map((match) => match[1] ?? ''));
    for (const $ref of used) resolved({ $ref });
    const made = Object.entries(openapi.components).flatMap(([kind, all]) =>
      kind === 'securitySchemes' ? [] : Object.keys(all).map((name) => `#/components/${kind}/${name}`),
    );
    assert.deepEqual(
      made.filter((name) => !used.has(name)),
      [],
    );
  });
});
