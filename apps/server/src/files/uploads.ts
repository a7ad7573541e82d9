/** The two places where a body is a file, with a bound and a patience of its own. */
export const isUpload = (method: string | undefined, path: string): boolean =>
  (method === 'POST' && path === '/api/v1/attachments') || (method === 'PUT' && /^\/api\/v1\/users\/[\w-]+\/avatar$/.test(path));
