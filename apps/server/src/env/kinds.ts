import { instanceSettings } from '@koreromai/contract';
import { z } from 'zod';
import { redactUrl } from './redact.ts';

/** Entries between commas, each read by `readEntry`, which says null to what it does not take. */
export const list = (wrong: string, readEntry: (entry: string) => string | null) =>
  z
    .string()
    .default('')
    .transform((raw, ctx) => {
      const entries = raw.split(',').flatMap((entry) => entry.trim() || []);
      return entries.map((entry) => readEntry(entry) ?? refuse(ctx, `holds ${JSON.stringify(redactUrl(entry))}, ${wrong}`));
    });

/** One of a few words. */
export const oneOf = <Choice extends string>(choice: z.ZodEnum<Record<Choice, Choice>>, example: string) =>
  z.enum(choice.enum, { error: `must be ${choice.options.join(', ')}, e.g. ${example}.` }).optional();

const units = { s: 1_000, m: 60_000, h: 3_600_000, d: 86_400_000 } as const;
/** A time as people write it, in milliseconds. */
export const duration = (example: string) =>
  z
    .string()
    .transform((raw, ctx) => {
      const [, number = '', unit = ''] = /^(\d{1,5})([smhd])$/.exec(raw.trim()) ?? [];
      const ms = raw.trim() === '0' ? 0 : Number(number) * (units[unit as keyof typeof units] ?? Number.NaN);
      return instanceSettings.shape.editWindow.safeParse(ms).success
        ? ms
        : refuse(ctx, `must be a time such as 90s, 15m, 24h or 30d, or 0, e.g. ${example}.`);
    })
    .optional();

/** A whole number that the setting takes. */
export const count = (setting: z.ZodInt, example: string) =>
  z
    .string()
    .transform((raw, ctx) => {
      const number = /^\d{1,9}$/.test(raw.trim()) ? Number(raw) : Number.NaN;
      return setting.safeParse(number).success
        ? number
        : refuse(ctx, `must be a whole number from ${setting.minValue} to ${setting.maxValue}, e.g. ${example}.`);
    })
    .optional();

/** Says what is wrong with the setting. */
export function refuse(ctx: z.RefinementCtx, message: string): never {
  ctx.addIssue({ code: 'custom', message });
  return z.NEVER;
}
