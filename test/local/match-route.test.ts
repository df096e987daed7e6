import { describe, expect, it } from 'vitest';
import { matchRoute } from '../../local/http/match-route.ts';

const keys = [
  'GET /sessions/{id}',
  'PUT /sessions/{id}',
  'GET /sessions/special',
  'GET /sessions/{id}/archives/{n}',
  'ANY /any/{id}',
  'GET /any/{id}',
  'GET /files/{proxy+}',
  'ANY /files/{a}/{b}',
];
const routes = keys.map((routeKey) => ({ routeKey, target: routeKey }));
const matched = (method: string, path: string) => matchRoute(routes, method, path);

describe('the route of a request', () => {
  it.each([
    ['GET', '/sessions/a', 'GET /sessions/{id}', { id: 'a' }],
    ['PUT', '/sessions/a', 'PUT /sessions/{id}', { id: 'a' }],
    ['GET', '/sessions/a/archives/7', 'GET /sessions/{id}/archives/{n}', { id: 'a', n: '7' }],
    ['GET', '/sessions/a%2Fb%20c', 'GET /sessions/{id}', { id: 'a/b c' }],
    ['GET', '/sessions/%E0%A4%A', 'GET /sessions/{id}', { id: '%E0%A4%A' }],
    ['GET', '/files/a/b/c', 'GET /files/{proxy+}', { proxy: 'a/b/c' }],
    ['POST', '/any/x', 'ANY /any/{id}', { id: 'x' }],
  ])('%s %s', (method, path, target, pathParameters) => {
    expect(matched(method, path)).toMatchObject({ target, pathParameters });
  });

  it('is the one with the path itself, before one with a parameter', () => {
    expect(matched('GET', '/sessions/special')?.target).toBe('GET /sessions/special');
    expect(matched('PUT', '/sessions/special')?.target).toBe('PUT /sessions/{id}');
  });

  it('is the one of the method itself, before one of any method', () => {
    expect(matched('GET', '/any/x')?.target).toBe('GET /any/{id}');
  });

  it('is a full match before a greedy one, whatever their methods', () => {
    expect(matched('GET', '/files/a/b')?.target).toBe('ANY /files/{a}/{b}');
  });

  it.each([
    ['DELETE', '/sessions/a'],
    ['GET', '/sessions'],
    ['GET', '/sessions/'],
    ['GET', '/sessions/a/archives'],
    ['GET', '/sessions/a/archives/7/more'],
    ['GET', '/Sessions/a'],
    ['GET', '/files/'],
    ['GET', '//sessions/a'],
    ['GET', '/'],
  ])('is none for %s %s', (method, path) => {
    expect(matched(method, path)).toBeUndefined();
  });

  it('is the default one, if there is, when no other matches', () => {
    const withDefault = [...routes, { routeKey: '$default', target: 'default' }];
    expect(matchRoute(withDefault, 'DELETE', '/nowhere')).toMatchObject({
      target: 'default',
      pathParameters: {},
    });
    expect(matchRoute(withDefault, 'GET', '/sessions/a')?.target).toBe('GET /sessions/{id}');
  });
});
