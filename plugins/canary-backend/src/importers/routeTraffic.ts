/** A plan's traffic over that HTTPRoute; a name that no object can have is left for a person to write. */
export function routeTraffic(name: string): object {
  const isName = /^[a-z0-9](?:[-a-z0-9.]{0,251}[a-z0-9])?$/.test(name);
  return {
    router: 'gateway-api',
    route: { name: isName ? name : 'replace-me' },
  };
}
