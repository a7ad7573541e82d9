import { type EntityProperty, type Platform, p, Type } from '@mikro-orm/core';

/** Sixteen bytes: `binary(16)` on MySQL, where a `char(36)` costs 15 % of the write path; a blob on SQLite. */
class Bytes extends Type<Buffer, Buffer> {
  override getColumnType(prop: EntityProperty, platform: Platform): string {
    return platform.constructor.name.includes('Sqlite') ? 'blob' : `binary(${prop.length ?? 16})`;
  }
  override compareAsType(): string {
    return 'Buffer';
  }
  override ensureComparable(): boolean {
    return false;
  }
}

/** An id as the database keeps it; `bytesOf` and `idOf` translate. */
export const idBytes = () => p.type(Bytes).$type<Buffer>().length(16);
export const hashBytes = () => p.type(Bytes).$type<Buffer>().length(32);
/** A whole number up to 2^53: seq, pos, counts. Ids of rows on SQLite differ in type there, hence the ignored diff. */
export const whole = () => p.bigint('number').ignoreSchemaChanges('type', 'default');
/** Milliseconds since 1970 in UTC: the same raw value on every database. */
export const millis = whole;
