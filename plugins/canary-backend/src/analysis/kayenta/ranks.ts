/** Ranks from 1, ties averaged, and how many values share each tied rank. */
export function rank(values: readonly number[]): {
  readonly ranks: readonly number[];
  readonly ties: readonly number[];
} {
  const order = values.map((_, index) => index);
  order.sort((a, b) => values[a] - values[b]);
  const ranks: number[] = new Array(values.length);
  const ties: number[] = [];
  for (let from = 0; from < order.length; ) {
    let to = from + 1;
    while (to < order.length && values[order[to]] === values[order[from]]) to++;
    for (let index = from; index < to; index++) {
      ranks[order[index]] = (from + 1 + to) / 2;
    }
    ties.push(to - from);
    from = to;
  }
  return { ranks, ties };
}
