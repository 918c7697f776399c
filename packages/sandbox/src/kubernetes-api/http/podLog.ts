import { notFound } from '../apiError';
import { RequestContext } from './context';

/** GET `/log` of a pod: what its container wrote, `tailLines` of it. */
export function podLog({
  registry,
  path,
  query,
  response,
  readLog,
}: RequestContext): void {
  const pod = registry.read(path.kind, path.namespace, path.name!);
  const container = query.get('container');
  const containers: { name: string }[] = pod.spec.containers;
  if (container && !containers.some(({ name }) => name === container)) {
    throw notFound(path.kind, `${path.name}/${container}`);
  }
  const lines = readLog(pod.metadata.uid);
  const tail = query.get('tailLines');
  const shown =
    tail === null ? lines : lines.slice(-Number(tail) || lines.length);
  response.writeHead(200, { 'content-type': 'text/plain' });
  response.end(shown.map(line => `${line}\n`).join(''));
}
