export * from './daily.ts';
export * from './folded.ts';
export { quarterHour, type Segment, type Span, segmentsOf } from './segments.ts';
export * from './top.ts';
