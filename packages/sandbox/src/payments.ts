/**
 * A part of the shop's users pay, and paying is what fails at times, in healthy
 * versions too: a card is refused by a service that nobody here runs. Whoever
 * only looks (`GET /`) never meets such an error, so that one seen there comes
 * from the version or from the rollout.
 */
export const PAYMENT_PATH = '/pay';

/** Every fifth request of the load is a payment. */
export const REQUESTS_PER_PAYMENT = 5;

/** The largest share of all requests that can fail by payments. */
export const MOST_ERRORS = 1 / REQUESTS_PER_PAYMENT;
