import { direct, namesOf, proxied } from './cases';
import { playTogether } from './playTogether';
import { Reality } from './Reality';

let reality: Reality;

beforeAll(async () => {
  reality = await Reality.open(
    process.env.KUBEBUILDER_ASSETS,
    { direct: namesOf(direct), faulty: namesOf(proxied) },
    { asPublished: true },
  );
});

afterAll(() => reality?.close());

describe('each release ends as it should, these and those that all tests play:', () => {
  playTogether([...direct, ...proxied], () => reality);
});
