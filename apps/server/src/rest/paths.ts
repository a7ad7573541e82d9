/** What answers at one path, by method. */
export type Methods<Route> = ReadonlyMap<string, readonly Route[]>;

interface Node<Route> {
  readonly named: Map<string, Node<Route>>;
  any: Node<Route> | null;
  readonly methods: Map<string, Route[]>;
}

/** Finds routes by path: a word before a parameter (`/users/me` before `/users/{id}`), never a slash too many. */
export function createPaths<Route extends { readonly method: string; readonly path: string }>(routes: readonly Route[]) {
  const empty = (): Node<Route> => ({ named: new Map(), any: null, methods: new Map() });
  const root = empty();
  for (const route of routes) {
    let node = root;
    for (const part of partsOf(route.path)) {
      const next: Node<Route> = (part.startsWith('{') ? node.any : node.named.get(part)) ?? empty();
      if (part.startsWith('{')) node.any = next;
      else node.named.set(part, next);
      node = next;
    }
    node.methods.set(route.method, [...(node.methods.get(route.method) ?? []), route]);
  }
  const search = (node: Node<Route>, parts: readonly string[]): Node<Route> | null => {
    const [part, ...rest] = parts;
    if (part === undefined) return node.methods.size > 0 ? node : null;
    const named = node.named.get(part);
    return (named && search(named, rest)) ?? (node.any && part !== '' ? search(node.any, rest) : null);
  };
  /** `path` as it stands in the address. */
  return (path: string): Methods<Route> | null => search(root, partsOf(path))?.methods ?? null;
}

const partsOf = (path: string): string[] => path.split('/').slice(1);

/** The parameters of a path that fits the template. Null when one cannot be decoded. */
export function paramsOf(template: string, path: string): Record<string, string> | null {
  const parts = partsOf(path);
  try {
    return Object.fromEntries(
      partsOf(template).flatMap((part, i) => (part.startsWith('{') ? [[part.slice(1, -1), decodeURIComponent(parts[i] ?? '')]] : [])),
    );
  } catch {
    return null; // no path of ours has such letters
  }
}
