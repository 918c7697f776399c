import { applyPatch } from './testing/applyPatch';
import { checkout, routeOf, shop } from './testing/routes';
import { gatewayApi } from './routers/gateway-api';
it('x', () => {
  let r: any = routeOf([{ backendRefs: [
    { name: 'search', port: 80, weight: 30 },{ name: 'checkout', port: 80, weight: 60 },{ name: 'checkout', namespace: 'elsewhere', port: 80 } ] }]);
  const rec = gatewayApi.resolve([r], checkout, shop);
  const log: any[] = [JSON.stringify(rec)];
  for (const w of [0, 5, 33.33, 0.01, 50, 1, 12.5, 99.99, 100, 0]) {
    const ws: any = gatewayApi.plan([r], checkout, rec, { backend: 'present', exposure: { weight: w, headerRoutes: [] } });
    for (const x of ws) r = applyPatch(r, x.patch);
    log.push([w, JSON.stringify(r.spec.rules[0].backendRefs.map((b: any) => b.weight)), JSON.stringify(ws[0]?.patch.body)]);
  }
  let q: any = routeOf([{backendRefs: [{ name: 'checkout', port: 80 }]}]);
  const H = [{ name: 'beta', header: 'x-canary-test', value: 'beta' }, { name: 'staff', header: 'x-canary-staff', value: 'yes' }];
  const rec2 = gatewayApi.resolve([q], checkout, shop);
  for (const hs of [[H[0]], H, [H[1]], H, []]) {
    const ws: any = gatewayApi.plan([q], checkout, rec2, { backend: 'present', exposure: { weight: 0, headerRoutes: hs } });
    for (const x of ws) q = applyPatch(q, x.patch);
    log.push(JSON.stringify(q.spec.rules), JSON.stringify(ws[0]?.patch.body));
  }
  console.log(log.join('\n'));
});
