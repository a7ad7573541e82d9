/** A ratio's bound: `least` for what should be high, `most` for what should be low. */
export type Gate = { readonly least: number } | { readonly most: number };

/** One line of the table. `ratio` compares it with the figure that `to` names, measured in the same interleaved runs. */
export interface Row {
  readonly database: string;
  readonly what: string;
  readonly figure: string;
  readonly ratio?: number;
  readonly to?: string;
  readonly gate?: Gate;
}

/** Whether a row keeps its gate. Rows without one always do; NaN never does. */
export function holds({ ratio = Number.NaN, gate }: Row): boolean {
  if (!gate) return true;
  return 'least' in gate ? ratio >= gate.least : ratio <= gate.most;
}

const heads = ['database', 'what', 'figure', 'ratio', 'gate', ''];

/** The rows as a Markdown table, aligned for a terminal. */
export function render(rows: readonly Row[]): string {
  const cells = rows.map((row) => [
    row.database,
    row.what,
    row.figure,
    row.ratio === undefined ? '' : `${row.ratio.toFixed(2)}× ${row.to ?? ''}`.trim(),
    gateOf(row),
    row.gate ? (holds(row) ? '✓' : '✗') : '',
  ]);
  const widths = heads.map((head, i) => Math.max(head.length, 3, ...cells.map((line) => line[i]?.length ?? 0)));
  const line = (values: readonly string[]) => `| ${values.map((v, i) => v.padEnd(widths[i] ?? 0)).join(' | ')} |`;
  return [line(heads), line(widths.map((w) => '-'.repeat(w))), ...cells.map(line)].join('\n');
}

function gateOf({ gate }: Row): string {
  if (!gate) return '';
  return 'least' in gate ? `≥ ${gate.least}×` : `≤ ${gate.most}×`;
}
