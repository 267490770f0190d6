/** The typed client, for the screens and for the API tests. */
export { isJson, problemOf, query, type CallOptions, type Method, type Reply } from './ask';
export { Api, type ApiOptions } from './client';
export { CookieJar } from './cookies';
export { ApiProblem, isProblem, Unreachable, type FieldError, type Problem } from './problem';
export { uuid7 } from './uuid7';
export type * from './account';
export type * from './audit';
export type * from './bags';
export type * from './bills';
export type * from './list';
export type * from './people';
export type * from './scans';
export type * from './search';
export type * from './session';
export type * from './stats';
export { billVerdicts } from './bills';
export { isPackVerdict, packVerdicts } from './scans';
