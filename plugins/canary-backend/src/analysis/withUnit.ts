/** `0.9 %`, `120 ms`: so many figures that count, at most. */
export function withUnit(value: number, unit: string, figures = 4): string {
  const shown = String(Number(value.toPrecision(figures)));
  if (unit === 'percent') return `${shown} %`;
  return unit ? `${shown} ${unit}` : shown;
}
