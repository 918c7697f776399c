/** `0.9 %`, `120 ms`: at most four figures that count. */
export function withUnit(value: number, unit: string): string {
  const shown = String(Number(value.toPrecision(4)));
  if (unit === 'percent') return `${shown} %`;
  return unit ? `${shown} ${unit}` : shown;
}
