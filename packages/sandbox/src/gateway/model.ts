/** What of an HTTPRoute the gateway reads. */
export interface HttpRouteRule {
  readonly matches?: readonly HttpRouteMatch[];
  readonly filters?: readonly HttpRouteFilter[];
  readonly backendRefs?: readonly BackendRef[];
}

export interface HttpRouteMatch {
  readonly path?: { readonly type?: string; readonly value?: string };
  readonly method?: string;
  readonly headers?: readonly NamedMatch[];
  readonly queryParams?: readonly NamedMatch[];
}

export interface NamedMatch {
  readonly type?: string;
  readonly name: string;
  readonly value: string;
}

export interface BackendRef {
  readonly name: string;
  readonly namespace?: string;
  readonly port?: number;
  readonly weight?: number;
  readonly filters?: readonly HttpRouteFilter[];
}

interface HeaderEdits {
  readonly set?: readonly { name: string; value: string }[];
  readonly add?: readonly { name: string; value: string }[];
  readonly remove?: readonly string[];
}

export interface HttpRouteFilter {
  readonly type: string;
  readonly requestHeaderModifier?: HeaderEdits;
  readonly responseHeaderModifier?: HeaderEdits;
  readonly requestMirror?: {
    readonly backendRef: BackendRef;
    readonly percent?: number;
    readonly fraction?: { numerator: number; denominator?: number };
  };
}

/** A rule with the route it is of, and one of its matches. */
export interface RouteEntry {
  readonly namespace: string;
  readonly route: string;
  readonly hostnames: readonly string[];
  readonly match: HttpRouteMatch;
  readonly rule: HttpRouteRule;
}

/** What of a request decides where it goes. */
export interface RequestFacts {
  readonly host: string;
  readonly method: string;
  readonly path: string;
  readonly query: URLSearchParams;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
}
