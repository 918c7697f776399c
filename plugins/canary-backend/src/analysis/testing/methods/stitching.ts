/** Polynomial stitched bound (Howard et al. 2021, theorem 1). */
export function polyStitchingBound(options: {
  readonly v: number;
  readonly alpha: number;
  readonly vMin: number;
  readonly c: number;
  readonly s: number;
  readonly eta: number;
}): number {
  const { alpha, vMin, c, s, eta } = options;
  const v = Math.max(options.v, vMin);
  const { k1, k2 } = constants(eta);
  const ell =
    s * Math.log(Math.log((eta * v) / vMin)) +
    Math.log(zeta(s) / Math.log(eta) ** s) +
    Math.log(1 / alpha);
  const linear = k2 * c * ell;
  return Math.sqrt(k1 ** 2 * v * ell + linear ** 2) + linear;
}

/** Double stitched bound on the empirical quantile (Howard & Ramdas 2022). */
export function doubleStitchingBound(options: {
  readonly p: number;
  readonly t: number;
  readonly alpha: number;
  readonly tOpt: number;
  readonly delta: number;
  readonly s: number;
  readonly eta: number;
}): number {
  const { p, alpha, tOpt, delta, s, eta } = options;
  const t = Math.max(options.t, tOpt);
  const { k1, k2 } = constants(eta);
  const logit = Math.log(p / (1 - p));
  const shifted = logit + 2 * delta * Math.sqrt((tOpt * eta) / t);
  const r = p >= 0.5 ? p : Math.min(0.5, 1 / (1 + Math.exp(-shifted)));
  const variance = r * (1 - r);
  const j = (Math.sqrt(t / tOpt) * Math.abs(logit)) / (2 * delta) + 1;
  const z = zeta(s);
  const ell =
    s * Math.log(Math.log((eta * t) / tOpt)) +
    s * Math.log(j) +
    Math.log((2 * z * (2 * z + 1)) / (alpha * Math.log(eta) ** s));
  const linear = (k2 * (1 - 2 * p) * ell) / 3;
  return (
    delta * Math.sqrt((eta * t * variance) / tOpt) +
    Math.sqrt(k1 ** 2 * variance * t * ell + linear ** 2) +
    linear
  );
}

function constants(eta: number) {
  return {
    k1: (eta ** 0.25 + eta ** -0.25) / Math.SQRT2,
    k2: (Math.sqrt(eta) + 1) / 2,
  };
}

/** Riemann's zeta function for s > 1, by Euler and Maclaurin. */
function zeta(s: number): number {
  const n = 50;
  let sum = 0;
  for (let k = 1; k < n; k++) sum += k ** -s;
  return (
    sum +
    n ** (1 - s) / (s - 1) +
    n ** -s / 2 +
    (s * n ** (-s - 1)) / 12 -
    (s * (s + 1) * (s + 2) * n ** (-s - 3)) / 720
  );
}
