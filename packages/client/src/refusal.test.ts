import { errorCodes, isErrorCode, Refusal, sentenceOf } from '@koreromai/contract';
import { TRPCClientError } from '@trpc/client';
import { expect, it } from 'vitest';
import { refusalOf } from './refusal.ts';

const answer = (data: object, message = 'x') => new TRPCClientError(message, { result: { error: { code: -32_600, message, data } } });

it.each(Object.keys(errorCodes).filter(isErrorCode))('%s keeps its code and its words', (code) => {
  const refused = refusalOf(answer({ code, httpStatus: errorCodes[code][0] }, sentenceOf(code)));
  expect(refused).toEqual({
    code,
    message: sentenceOf(code),
    retryable: [429, 500, 503].includes(errorCodes[code][0]) && code !== 'TOO_MANY_SUBSCRIPTIONS',
  });
});

it('carries fields, details and the seconds to wait', () => {
  const data = { code: 'RATE_LIMITED', httpStatus: 429, fields: { email: 'must be one' }, details: { suggest: 'direct' }, retryAfter: 3 };
  expect(refusalOf(answer(data))).toMatchObject({ fields: { email: 'must be one' }, details: { suggest: 'direct' }, retryAfter: 3 });
  expect(refusalOf(answer({ code: 'BAD_INPUT', fields: { email: 7 }, details: [], retryAfter: '3' }))).toEqual({
    code: 'BAD_INPUT',
    message: 'x',
    retryable: false,
  });
});

it('UI3: whatever is no answer of the server is the network, and can be tried again', () => {
  for (const error of [new TypeError('fetch failed'), new TRPCClientError('WebSocket closed'), 'x', null]) {
    expect(refusalOf(error)).toMatchObject({ code: 'NETWORK', retryable: true, message: expect.stringContaining('cannot be reached') });
  }
});

it('an answer of something else in between is judged by its status, in our words', () => {
  const code = (httpStatus: number) => refusalOf(answer({ code: 'TEAPOT', httpStatus })).code;
  expect([401, 403, 404, 413, 418, 429, 500, 502].map(code)).toEqual([
    'UNAUTHENTICATED',
    'FORBIDDEN',
    'NOT_FOUND',
    'TOO_LARGE',
    'BAD_INPUT',
    'RATE_LIMITED',
    'INTERNAL',
    'INTERNAL',
  ]);
  expect(refusalOf(answer({ code: 'TEAPOT', httpStatus: 502 })).message).toBe(sentenceOf('INTERNAL'));
});

it('a refusal made here reads the same', () => {
  expect(refusalOf(new Refusal('GROUP_TOO_SMALL', { details: { suggest: 'direct' } }))).toEqual({
    code: 'GROUP_TOO_SMALL',
    message: sentenceOf('GROUP_TOO_SMALL'),
    details: { suggest: 'direct' },
    retryable: false,
  });
});
