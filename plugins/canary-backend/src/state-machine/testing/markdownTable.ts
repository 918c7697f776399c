/** A Markdown table, aligned as prettier aligns it. */
export function markdownTable(
  corner: string,
  rows: Readonly<Record<string, Readonly<Record<string, string>>>>,
): string {
  const [first] = Object.values(rows);
  const table = [
    [corner, ...Object.keys(first)],
    ...Object.entries(rows).map(([name, cells]) => [
      name,
      ...Object.values(cells),
    ]),
  ];
  const widths = table[0].map((_, column) =>
    Math.max(...table.map(row => row[column].length)),
  );
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`;
  const padded = table.map(row =>
    line(row.map((cell, column) => cell.padEnd(widths[column]))),
  );
  const rule = line(widths.map(width => '-'.repeat(width)));
  return [padded[0], rule, ...padded.slice(1)].join('\n');
}
